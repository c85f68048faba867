// What the container images take from the repository, as far as it can be seen without building them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const images = readdirSync(`${root}deploy`).filter((name) => name.startsWith('Dockerfile'));
const instructions = (image: string): string[] => read(`deploy/${image}`).replaceAll('\\\n', ' ').split('\n').filter((line) => /^[A-Z]/.test(line));

it.each(images)('%s copies from the repository only what is there and is not ignored', (image) => {
  const sources = instructions(image).filter((line) => line.startsWith('COPY ') && !line.includes('--from=')).flatMap((line) => line.split(/\s+/).slice(1, -1));
  const ignored = read('.dockerignore').trim().split('\n');
  for (const source of sources) {
    expect(existsSync(`${root}${source}`), source).toBe(true);
    expect(ignored).not.toContain(source);
  }
});

it('the image for GPUs builds the version of TensorFlow that the tests run on, unless it is told otherwise', () => {
  const tested = /^const TENSORFLOW = '(.*)';$/m.exec(read('scripts/build-tfjs-node.mjs'))![1];
  expect(instructions('Dockerfile.gpu')).toContain(`ARG TENSORFLOW=${tested}`);
});

it('no image runs as root', () => {
  expect(instructions('Dockerfile').filter((line) => line.startsWith('USER')).at(-1)).toBe('USER node');
  expect(instructions('Dockerfile.gpu').some((line) => line.startsWith('USER'))).toBe(false);
});
