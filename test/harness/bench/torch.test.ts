import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tunedEnvironment } from './torch.ts';

let libraries = '';
beforeEach(async () => {
  libraries = await mkdtemp(join(tmpdir(), 'convbook-libraries-'));
});
afterEach(() => rm(libraries, { recursive: true, force: true }));

const addBlas = () => mkdir(join(libraries, 'openblas-openmp'));
const addJemalloc = () => writeFile(join(libraries, 'libjemalloc.so.2'), '');

test('with both libraries PyTorch is tuned', async () => {
  await addBlas();
  await addJemalloc();
  expect(tunedEnvironment(libraries)).toEqual({
    LD_LIBRARY_PATH: join(libraries, 'openblas-openmp'),
    LD_PRELOAD: join(libraries, 'libjemalloc.so.2'),
    MALLOC_CONF: 'dirty_decay_ms:-1,muzzy_decay_ms:-1',
  });
});

test.each([
  ['none', []],
  ['only OpenBLAS', [addBlas]],
  ['only jemalloc', [addJemalloc]],
])('with %s it runs as installed', async (_, installed) => {
  for (const add of installed) await add();
  expect(tunedEnvironment(libraries)).toBeNull();
});
