// IDX, npy, npz and safetensors: round trips, what NumPy wrote, and what is refused.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { withFile } from '../../src/data/file.js';
import { parseIdx, readIdx } from '../../src/data/idx.js';
import { parseNpy, readNpy, writeNpy } from '../../src/data/npy.js';
import { parseSafetensors, readSafetensors, writeSafetensors } from '../../src/data/safetensors.js';
import { ARRAYS, toNumeric, type Dtype, type Tensor } from '../../src/data/tensor.js';
import { openZip } from '../../src/data/zip.js';
import { BasinetError } from '../../src/errors.js';
import { runPython } from '../support/python.js';

const scratch = mkdtempSync(join(tmpdir(), 'basinet-arrays-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const python = (script: string): string => runPython(`import numpy as np, os, sys\nos.chdir(sys.argv[1])\n${script}`, '', [scratch]);
const at = (name: string): string => join(scratch, name);
const write = (name: string, bytes: Uint8Array): string => (writeFileSync(at(name), bytes), at(name));
const npy = (name: string, limit?: number) => withFile(at(name), (file) => readNpy(file, limit));

/** A tensor of any element type and shape; NaN payloads are kept by comparing bits. */
const anyTensor = (dtypes: readonly Dtype[]): fc.Arbitrary<Tensor> =>
  fc.record({ dtype: fc.constantFrom(...dtypes), shape: fc.array(fc.nat(4), { maxLength: 3 }) }).chain(({ dtype, shape }) => {
    const size = shape.reduce((a, b) => a * b, 1) * ARRAYS[dtype].BYTES_PER_ELEMENT;
    return fc.uint8Array({ minLength: size, maxLength: size }).map((bytes) => ({ dtype, shape, data: new ARRAYS[dtype](bytes.slice().buffer) }) as Tensor);
  });

const bits = ({ dtype, shape, data }: Tensor) => ({ dtype, shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) });
const DTYPES = Object.keys(ARRAYS) as Dtype[];

describe('safetensors', () => {
  test('what is written is read back, whatever the tensors', () => {
    const named = fc.dictionary(fc.string().filter((name) => name !== '__metadata__' && name !== '__proto__'), anyTensor(DTYPES), { maxKeys: 6 });
    fc.assert(
      fc.property(named, fc.dictionary(fc.string().filter((key) => key !== '__proto__'), fc.string()), (tensors, metadata) => {
        const map = new Map(Object.entries(tensors));
        const bytes = writeSafetensors(map, metadata);
        const back = parseSafetensors(bytes);
        expect(back.metadata).toEqual({ ...metadata });
        expect(new Map([...back.tensors].map(([name, tensor]) => [name, bits(tensor)]))).toEqual(new Map([...map].map(([name, tensor]) => [name, bits(tensor)])));
        expect(writeSafetensors(new Map([...map].reverse()), metadata)).toEqual(bytes);
      }),
    );
  });

  test('the format\'s own library reads ours, and we read its', () => {
    const ours = writeSafetensors(new Map<string, Tensor>([
      ['w', { dtype: 'F32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
      ['n', { dtype: 'I64', shape: [], data: BigInt64Array.of(-7n) }],
    ]), { format: 'pt' });
    write('ours.safetensors', ours);
    const said = python(`
from safetensors.numpy import load_file, save_file
t = load_file("ours.safetensors")
print(t["w"].tolist(), t["w"].dtype, t["n"].tolist(), t["n"].shape)
save_file({"half": np.array([1.5, -2, 65504, 6e-8, np.inf], np.float16), "b": np.array([True, False]), "d": np.arange(6.).reshape(2, 3)}, "theirs.safetensors")
print(open("theirs.safetensors", "rb").read().hex())`).split('\n');
    expect(said[0]).toBe('[[1.0, 2.0], [3.0, 4.0]] float32 -7 ()');
    const theirs = readSafetensors(Buffer.from(said[1]!, 'hex'));
    expect([...toNumeric(theirs.get('half')!).data]).toEqual([1.5, -2, 65504, 5.960464477539063e-8, Infinity]);
    expect(theirs.get('b')).toMatchObject({ dtype: 'BOOL', data: Uint8Array.of(1, 0) });
    expect(theirs.get('d')).toMatchObject({ shape: [2, 3], data: Float64Array.of(0, 1, 2, 3, 4, 5) });
  });

  const file = (header: string, data = 8): Uint8Array => {
    const json = new TextEncoder().encode(header);
    const bytes = new Uint8Array(8 + json.length + data);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
    bytes.set(json, 8);
    return bytes;
  };
  test.each([
    ['a header beyond the file', Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 1), /claims 255 bytes/],
    ['no JSON', file('hello'), /not JSON/],
    ['an unknown type', file('{"a":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}}'), /element type "F8"/],
    ['a shape that contradicts its bytes', file('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}'), /cannot take 8 bytes/],
    ['a hole', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}'), /starts at byte 4/],
    ['an overlap', file('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}'), /starts at byte 4/],
    ['bytes left over', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'), /4 bytes follow/],
    ['a truncated tensor', file('{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}'), /truncated/],
    ['a negative extent', file('{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}'), /shape/],
  ])('%s is refused', (_what, bytes, message) => {
    expect(() => readSafetensors(bytes, 'f.safetensors')).toThrow(message);
  });
});

describe('npy', () => {
  test('what is written is read back', () => {
    fc.assert(
      fc.property(anyTensor(DTYPES.filter((dtype) => dtype !== 'BF16')), (tensor) => {
        expect(bits(parseNpy(writeNpy(tensor as Parameters<typeof writeNpy>[0])).tensor)).toEqual(bits(tensor));
      }),
    );
  });

  test('NumPy reads ours', () => {
    write('ours.npy', writeNpy({ dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }));
    expect(python('a = np.load("ours.npy"); print(a.tolist(), a.dtype)').trim()).toBe('[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]] float32');
  });

  const CODES = ['<f2', '<f4', '>f4', '<f8', '>f8', '|i1', '<i2', '>i2', '<i4', '>i4', '<i8', '>i8', '|u1', '<u2', '>u2', '<u4', '<u8', '>u8', '|b1'];
  test('every element type, byte order and version that NumPy writes', async () => {
    python(`
values = np.array([[0, 1, 2, 100], [3, 5, 7, 11], [1, 1, 0, 1]])
for code in ${JSON.stringify(CODES)}:
    for version in [(1, 0), (2, 0), (3, 0)]:
        for order in "CF":
            with open(f"{code[1:]}-{'big' if code[0] == '>' else 'little'}-{version[0]}-{order}.npy", "wb") as f:
                np.lib.format.write_array(f, np.asarray(values.astype(code), order=order), version=version)
`);
    for (const code of CODES) {
      for (const version of [1, 2, 3]) {
        for (const order of 'CF') {
          const name = `${code.slice(1)}-${code.startsWith('>') ? 'big' : 'little'}-${version}-${order}.npy`;
          const { tensor, totalRows } = await npy(name);
          const expected = code === '|b1' ? [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1] : [0, 1, 2, 100, 3, 5, 7, 11, 1, 1, 0, 1];
          expect([...toNumeric(tensor).data], name).toEqual(expected);
          expect(tensor.shape, name).toEqual([3, 4]);
          expect(totalRows).toBe(3);
          const limited = await npy(name, 2);
          expect([...toNumeric(limited.tensor).data], `${name} limited`).toEqual(expected.slice(0, 8));
          expect(limited.totalRows).toBe(3);
        }
      }
    }
  });

  test('Fortran order of three axes, scalars, and arrays without rows', async () => {
    python(`
np.save("f3.npy", np.asfortranarray(np.arange(24.).reshape(2, 3, 4)))
np.save("scalar.npy", np.float32(3.5))
np.save("none.npy", np.zeros((0, 5)))`);
    expect([...toNumeric((await npy('f3.npy')).tensor).data]).toEqual(Array.from({ length: 24 }, (_, i) => i));
    expect((await npy('scalar.npy')).tensor).toMatchObject({ shape: [], data: Float32Array.of(3.5) });
    expect((await npy('none.npy')).tensor).toMatchObject({ shape: [0, 5] });
  });

  test('structured, textual and object arrays are refused', async () => {
    python(`
np.save("structured.npy", np.zeros(2, dtype=[("a", "f4"), ("b", "i4")]))
np.save("text.npy", np.array(["a", "b"]))
np.save("complex.npy", np.array([1j]))
np.save("object.npy", np.array([None, {}], dtype=object), allow_pickle=True)`);
    for (const name of ['structured', 'text', 'complex', 'object']) {
      await expect(npy(`${name}.npy`), name).rejects.toMatchObject({ code: 'DATA_INVALID', remedy: /numpy\.save/ });
    }
  });

  test('a truncated file, one that is too long, and one that is no .npy', () => {
    const whole = writeNpy({ dtype: 'F32', shape: [4], data: new Float32Array(4) });
    expect(() => parseNpy(whole.subarray(0, whole.length - 1))).toThrow(/truncated.*takes 144 bytes, the file has 143/);
    expect(() => parseNpy(whole.subarray(0, 40))).toThrow(/truncated/);
    expect(() => parseNpy(Buffer.concat([whole, Uint8Array.of(0)]))).toThrow(/too long/);
    expect(() => parseNpy(new Uint8Array(20))).toThrow(/not a .npy/);
  });
});

describe('zip', () => {
  test('reads what numpy.savez and savez_compressed write, and zip64', () => {
    const hex = python(`
import io, zipfile
a = np.arange(1000, dtype=np.int32)
for save in (np.savez, np.savez_compressed):
    f = io.BytesIO(); save(f, a=a, b=a[::-1]); print(f.getvalue().hex())
f = io.BytesIO()
with zipfile.ZipFile(f, "w") as z:
    with z.open("a.npy", "w", force_zip64=True) as e: np.lib.format.write_array(e, a)
print(f.getvalue().hex())
f = io.BytesIO()
with zipfile.ZipFile(f, "w", compression=zipfile.ZIP_BZIP2) as z: z.writestr("a.npy", b"x" * 100)
print(f.getvalue().hex())`).trim().split('\n');
    for (const text of hex.slice(0, 3)) {
      const archive = openZip(Buffer.from(text, 'hex'));
      expect(archive.names).toContain('a.npy');
      expect([...(parseNpy(archive.read('a.npy')).tensor.data as Int32Array)]).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    }
    expect(() => openZip(Buffer.from(hex[3]!, 'hex')).read('a.npy')).toThrow(/method 12/);
    expect(() => openZip(Buffer.from(hex[0]!, 'hex')).read('c.npy')).toThrow(/no entry c.npy; there are a.npy, b.npy/);
    const damaged = Buffer.from(hex[1]!, 'hex');
    damaged[200]! ^= 0x55;
    expect(() => openZip(damaged).read('a.npy')).toThrow(/checksum|unpacked/);
    expect(() => openZip(damaged.subarray(0, damaged.length - 30))).toThrow(/no end of central directory/);
  });
});

describe('idx', () => {
  const idx = (type: number, shape: number[], body: Uint8Array): Uint8Array => {
    const bytes = new Uint8Array(4 + 4 * shape.length + body.length);
    bytes.set([0, 0, type, shape.length]);
    shape.forEach((extent, axis) => new DataView(bytes.buffer).setUint32(4 + 4 * axis, extent));
    bytes.set(body, 4 + 4 * shape.length);
    return bytes;
  };
  const small = idx(0x08, [3, 2], Uint8Array.of(1, 2, 3, 4, 5, 6));

  test('plain and gzip, whatever the name, limited or not', async () => {
    for (const file of [write('plain.gz', small), write('packed', gzipSync(small))]) {
      expect(await readIdx(file)).toEqual({ tensor: { dtype: 'U8', shape: [3, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6) }, totalRows: 3 });
      expect(await readIdx(file, 2)).toEqual({ tensor: { dtype: 'U8', shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) }, totalRows: 3 });
    }
  });

  test('every element type is big-endian', () => {
    expect(parseIdx(idx(0x09, [2], Uint8Array.of(255, 1))).tensor.data).toEqual(Int8Array.of(-1, 1));
    expect(parseIdx(idx(0x0b, [1], Uint8Array.of(1, 2))).tensor.data).toEqual(Int16Array.of(258));
    expect(parseIdx(idx(0x0c, [1], Uint8Array.of(0, 0, 1, 2))).tensor.data).toEqual(Int32Array.of(258));
    expect(parseIdx(idx(0x0d, [1], Uint8Array.of(0x3f, 0xc0, 0, 0))).tensor.data).toEqual(Float32Array.of(1.5));
    expect(parseIdx(idx(0x0e, [1], Uint8Array.of(0x3f, 0xf8, 0, 0, 0, 0, 0, 0))).tensor.data).toEqual(Float64Array.of(1.5));
  });

  test('the wrong magic, truncated and damaged files', async () => {
    await expect(readIdx(write('png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)))).rejects.toMatchObject({ message: expect.stringMatching(/begins with 89 50 4e 47/) as unknown });
    await expect(readIdx(write('cut', small.subarray(0, 10)))).rejects.toThrow(/truncated in its header/);
    await expect(readIdx(write('cut', small.subarray(0, 15)))).rejects.toThrow(/truncated: shape \[3, 2\] takes 18 bytes, the file has 15/);
    await expect(readIdx(write('long', Buffer.concat([small, small])))).rejects.toThrow(/too long/);
    await expect(readIdx(write('cut.gz', gzipSync(small).subarray(0, 20)))).rejects.toThrow(/cannot be unpacked/);
    await expect(readIdx(write('empty', new Uint8Array(0)))).rejects.toThrow(/is empty/);
    await expect(readIdx(at('nowhere'))).rejects.toThrow(/there is no such file/);
    await expect(readIdx(scratch)).rejects.toThrow(/is not a file/);
  });
});

describe('found by chance', () => {
  test('a newline in the element type of a .npy header', () => {
    const bytes = writeNpy({ dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) });
    bytes[21] = 10;
    expect(() => parseNpy(bytes)).toThrow(/element type/);
  });
});

describe('whatever the bytes, nothing but a BasinetError is thrown', () => {
  const parsers: [string, Uint8Array, (bytes: Uint8Array) => unknown][] = [
    ['safetensors', writeSafetensors(new Map([['a', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }]])), readSafetensors],
    ['npy', writeNpy({ dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }), parseNpy],
    ['idx', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 1, 2), parseIdx],
    ['zip', Buffer.from('504b03041400000000000000000000000000000000000000000001000000610500000000504b0102140014000000000000000000000000000000000000000000010000000000000000000000000000000000000061504b0506000000000100010037000000240000000000', 'hex'), (bytes) => { const zip = openZip(bytes); zip.names.forEach((name) => zip.read(name)); }],
  ];
  test.each(parsers)('%s', (_name, valid, parse) => {
    expect(() => parse(valid)).not.toThrow();
    const mutated = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }).map((edits) => {
      const bytes = Uint8Array.from(valid);
      for (const [index, value] of edits) bytes[index] = value;
      return bytes;
    });
    const cut = fc.nat(valid.length).map((length) => valid.subarray(0, length));
    fc.assert(
      fc.property(fc.oneof(mutated, cut, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        try {
          parse(bytes);
        } catch (error) {
          if (!(error instanceof BasinetError)) throw error;
          expect(error.code).toBe('DATA_INVALID');
        }
      }),
      { numRuns: 1000 },
    );
  });
});
