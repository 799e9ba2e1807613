// pnpm export --format onnx --verify as a user types it, on small runs.
import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '@convbook/core';
import { loadIdxFolder, synthetic } from '@convbook/data';
import { simpleConvnet } from '@convbook/layers';
import { readRecord } from '@convbook/run';
import { train } from '@convbook/trainer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';
import { root, runNode } from './run-node.ts';

let folder = '';

const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);
const verify = (name: string, ...rest: string[]) =>
  run('export', name, '--format', 'onnx', '--force', '--verify', ...rest);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-onnx-'));
  writeSmall(folder);
  const { code, stderr } = await run('train', ...smallRun, '--out', 'small');
  expect(code, stderr).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The figure among the lines of a verification. */
function differenceIn(stderr: string): number {
  return Number(/^largest difference (\S+),/m.exec(stderr)?.[1]);
}

describe('pnpm export --format onnx --verify', () => {
  it.each([
    ['numbers to logits', []],
    ['bytes to probabilities', ['--with-preprocessing', '--output', 'softmax']],
  ])('%s: 0', async (_, words) => {
    const { code, stdout, stderr } = await verify('small', ...words);
    expect(code, stderr).toBe(0);
    expect(stdout).toBe(`${path.join(folder, 'small/export/model.onnx')}\n`);
    expect(stderr).toMatch(
      /^file of \d+ bytes\nonnxruntime-web [\d.]+ on [\d,]+ test images\nlargest difference \S+, under 0\.0001\nthe same class for every image.*\n$/,
    );
    expect(differenceIn(stderr)).toBeLessThan(1e-4);
  });

  it('verifies a run of standardized colours', async () => {
    const data = synthetic({
      sampleShape: [3, 12, 12],
      classes: 4,
      trainSamples: 64,
      testSamples: 70,
    });
    const model = {
      input: [3, 12, 12],
      layers: [
        { kind: 'conv2d', filters: 8, kernelSize: 3, padding: 1 },
        { kind: 'batchNorm' },
        { kind: 'relu' },
        { kind: 'globalAvgPool2d' },
        { kind: 'dense', units: 4 },
      ],
    } as const;
    await train({ data, model, epochs: 2, workers: 1, out: path.join(folder, 'colour') });
    const { code, stderr } = await verify('colour', '--with-preprocessing');
    expect(code, stderr).toBe(0);
    expect(readRecord(path.join(folder, 'colour')).data.standardization).toBeDefined();
    expect(stderr).toContain(' on 70 test images\n');
  });

  it('computes the answers of an interrupted run itself', async () => {
    const { model } = readRecord(path.join(folder, 'small'));
    const data = loadIdxFolder(path.join(folder, 'blobs'));
    const out = path.join(folder, 'stopped');
    await train({ batchSize: 8, epochs: 2, workers: 1, model, data, out, stopAfter: 40 });
    await rm(path.join(out, 'evaluation.safetensors'), { force: true });
    const { code, stderr } = await verify('stopped', '--data', 'blobs');
    expect(code, stderr).toBe(0);
  });

  it('ends with 1 where the answers differ', async () => {
    const file = path.join(folder, 'small/evaluation.safetensors');
    const bytes = await readFile(file);
    const { tensors, metadata } = decodeSafetensors(bytes, file);
    const { shape, data } = tensors.get('logits') as StoredTensor & { dtype: 'F32' };
    const moved = { dtype: 'F32', shape, data: data.map((value) => value + 0.25) } as const;
    await writeFile(file, encodeSafetensors(new Map(tensors).set('logits', moved), metadata));
    const { code, stdout, stderr } = await verify('small');
    await writeFile(file, bytes);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `${path.join(folder, 'small/export/model.onnx')}\n`,
    });
    expect(stderr).toContain('\nlargest difference 0.25, expected under 0.0001\n');
  });

  it('ends with 3 where the data set is gone, and leaves the file', async () => {
    const [there, away] = [path.join(folder, 'blobs'), path.join(folder, 'elsewhere')];
    await rename(there, away);
    const { code, stdout, stderr } = await verify('small');
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: `${path.join(folder, 'small/export/model.onnx')}\n`,
    });
    expect(stderr).toMatch(/^error: .*expected the data set blobs of this run, got nothing in /m);
    expect(await verify('small', '--data', 'elsewhere')).toMatchObject({ code: 0 });
    await rename(away, there);
  });

  it('serves the README’s program', async () => {
    const data = synthetic({
      sampleShape: [1, 28, 28],
      classes: 10,
      trainSamples: 50,
      testSamples: 30,
    });
    const out = path.join(folder, 'digits');
    await train({ data, model: simpleConvnet, epochs: 1, workers: 1, out });
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const [, words = ''] = /pnpm (export RUN --format onnx .*--verify)/.exec(readme) ?? [];
    const [command, , ...rest] = words.split(' ');
    const exported = await run(command, 'digits', ...rest, '--out', 'model.onnx');
    expect(exported.code, exported.stderr).toBe(0);
    const [, program = ''] = /```js\n([^]*?)```/.exec(readme) ?? [];
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    await writeFile(path.join(folder, 'program.mjs'), program);
    const { code, stdout, stderr } = await runNode(['program.mjs'], folder, { cwd: folder });
    expect(code, stderr).toBe(0);
    const [sum, count] = [...stdout.matchAll(/\d\.\d+(?:e-\d+)?/g)].reduce(
      ([total, seen], [value]) => [total + Number(value), seen + 1],
      [0, 0],
    );
    expect(count).toBe(10);
    expect(sum).toBeCloseTo(1, 5);
  });

  it('--data without --verify: 2', async () => {
    expect(await run('export', 'small', '--format', 'onnx', '--data', 'blobs')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: --data: expected --verify, which reads the data set, got blobs without it; add it, or leave --data out\n',
    });
  });
});
