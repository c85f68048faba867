// Saved parameters: PyTorch-style files to positions and back, and files that do not fit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadPosition, packPosition, positionFromStateDict } from '../../src/data/parameters.js';
import { writeSafetensors } from '../../src/data/safetensors.js';
import type { Tensor } from '../../src/data/tensor.js';
import { denseNetwork } from '../../src/network/dense.js';
import { runPython } from '../support/python.js';

const scratch = mkdtempSync(join(tmpdir(), 'basinet-parameters-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const { tensors, dimension } = denseNetwork(3, [{ width: 2, activation: 'relu' }], 1);
const position = Float32Array.from({ length: dimension }, (_, i) => i / 3);

test('what is packed is read back', () => {
  expect(positionFromStateDict(tensors, packPosition(tensors, position), 'p')).toEqual(position);
});

test('safetensors and npz files of NumPy, in half, single and double precision', async () => {
  runPython(
    `
import numpy as np, os, sys
from safetensors.numpy import save_file, load_file
os.chdir(sys.argv[1])
d = {"fc1.weight": np.arange(6.).reshape(2, 3), "fc1.bias": np.array([6., 7.]), "fc2.weight": np.array([[8., 9.]]), "fc2.bias": np.array([10.])}
for t in ["f2", "f4", "f8"]:
    e = {k: v.astype(t) for k, v in d.items()}
    save_file(e, t + ".safetensors"); np.savez(t + ".npz", **e)
    np.savez(t + "-fortran.npz", **{k: np.asfortranarray(v) for k, v in e.items()})`,
    '',
    [scratch],
  );
  for (const name of ['f2', 'f4', 'f8']) {
    for (const end of ['.safetensors', '.npz', '-fortran.npz']) {
      expect([...(await loadPosition(tensors, join(scratch, name + end)))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  }
});

test('the safetensors library reads ours', () => {
  writeFileSync(join(scratch, 'ours.safetensors'), packPosition(tensors, position));
  const script = 'import sys; from safetensors.numpy import load_file\nfor k, v in sorted(load_file(sys.argv[1]).items()): print(k, v.shape, v.dtype)';
  expect(runPython(script, '', [join(scratch, 'ours.safetensors')]).trim().split('\n')).toEqual([
    'fc1.bias (2,) float32',
    'fc1.weight (2, 3) float32',
    'fc2.bias (1,) float32',
    'fc2.weight (1, 2) float32',
  ]);
});

test('every missing, unexpected and wrongly shaped tensor is listed', () => {
  const given = new Map<string, Tensor>([
    ['fc1.weight', { dtype: 'F32', shape: [3, 2], data: new Float32Array(6) }],
    ['fc1.bias', { dtype: 'F32', shape: [2], data: new Float32Array(2) }],
    ['fc3.weight', { dtype: 'F32', shape: [1, 2], data: new Float32Array(2) }],
    ['fc2.bias', { dtype: 'F32', shape: [1], data: new Float32Array(1) }],
  ]);
  let error: unknown;
  try {
    positionFromStateDict(tensors, writeSafetensors(given), 'model.safetensors');
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code: 'NETWORK_MISMATCH', path: 'model.safetensors' });
  const { message } = error as Error;
  expect(message).toContain('wrong shape: fc1.weight is [3, 2], not [2, 3]');
  expect(message).toContain('missing: fc2.weight [1, 2]');
  expect(message).toContain('unexpected: fc3.weight [1, 2]');
});

test('a pickle, and no file of parameters at all', () => {
  const pickle = runPython('import io, sys, zipfile\nf = io.BytesIO()\nwith zipfile.ZipFile(f, "w") as z: z.writestr("model/data.pkl", b"x")\nprint(f.getvalue().hex())');
  expect(() => positionFromStateDict(tensors, Buffer.from(pickle.trim(), 'hex'), 'model.pt')).toThrow(/data\.pkl/);
  expect(() => positionFromStateDict(tensors, readFileSync(new URL(import.meta.url)), 'x')).toThrow(/not a safetensors file/);
});
