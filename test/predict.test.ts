// predict, verify and summary as a user types them, on a small run.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeSafetensors } from '@convbook/core';
import { loadIdxFolder, loadMnist } from '@convbook/data';
import { readRecord } from '@convbook/run';
import { train } from '@convbook/trainer';
import { samplePicture, toPngUrl } from '@convbook/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';
import { runNode } from './run-node.ts';

let folder = '';

const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-predict-'));
  writeSmall(folder);
  const trained = await Promise.all([
    run('train', '--limit', '300', '--epochs', '1', '--out', 'run'),
    run('train', ...smallRun, '--out', 'small'),
  ]);
  for (const { code, stderr } of trained) expect(code, stderr).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('pnpm predict', () => {
  it('gives the very logits of the evaluation, for test images and for their PNG files', async () => {
    const bytes = await readFile(path.join(folder, 'run/evaluation.safetensors'));
    const { tensors } = decodeSafetensors(bytes, 'evaluation');
    const logits = tensors.get('logits')?.data as Float32Array;
    const { images } = loadMnist().test;
    const url = toPngUrl(samplePicture(images.subarray(7 * 784, 8 * 784), [1, 28, 28]));
    await writeFile(path.join(folder, 'seven.png'), Buffer.from(url.split(',')[1], 'base64'));
    const indexes = ['--index', '0', '--index', '7', '--index', '9999'];
    const { code, stdout } = await run('predict', 'run', 'seven.png', ...indexes, '--json');
    expect(code).toBe(0);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { source: string; logits: number[] });
    expect(answers.map(({ source }) => source)).toEqual(['#0', '#7', '#9999', 'seven.png']);
    [0, 7, 9999, 7].forEach((index, k) => {
      expect(answers[k].logits).toEqual([...logits.subarray(index * 10, index * 10 + 10)]);
    });
  });

  it('answers the other pictures where one is refused, each in its turn', async () => {
    await writeFile(path.join(folder, 'bad.webp'), 'RIFF\x10\0\0\0WEBPVP8 ');
    const files = ['seven.png', 'bad.webp', 'none.png', 'seven.png'];
    const { code, stdout, stderr } = await run('predict', 'run', ...files, '--json');
    expect(code).toBe(2);
    expect(stdout.match(/"source":"[^"]*"/g)).toEqual(Array(2).fill('"source":"seven.png"'));
    expect(stderr).toBe(
      `error: bad.webp: the picture cannot be decoded, got webp: unable to parse image; save it again as PNG
error: none.png: cannot be read, got ENOENT; check the path
`,
    );
  });

  it.each([
    [['run'], 'predict: expected --index K or image files, got neither'],
    [['run', '--index', '10000'], '--index: expected a test image from 0 to 9999, got 10000'],
    [['run', 'none.png'], 'none.png: cannot be read, got ENOENT; check the path'],
  ])('%j is refused', async (words, message) => {
    const { code, stdout, stderr } = await run('predict', ...words);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${message}\n`,
    });
  });
});

describe('pnpm verify', () => {
  it('equal ends with 0, another seed in run.json with 1', async () => {
    expect(await run('verify', 'small', '--workers', '1')).toMatchObject({
      code: 0,
      stdout: 'equal\n',
    });
    const file = path.join(folder, 'small/run.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"seed": 1', '"seed": 2'));
    expect(await run('verify', 'small')).toMatchObject({ code: 1, stdout: 'different\n' });
    await writeFile(file, text);
  });
});

describe('pnpm verify of an interrupted run', () => {
  it('trains to where it stopped and compares that', async () => {
    const { model } = readRecord(path.join(folder, 'small'));
    const data = loadIdxFolder(path.join(folder, 'blobs'));
    const out = path.join(folder, 'stopped');
    const settings = { batchSize: 8, validation: 8, epochs: 2, workers: 1 };
    await train({ ...settings, model, data, out, stopAfter: 40 });
    const { code, stdout, stderr } = await run('verify', 'stopped');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'equal\n' });
    expect(stderr).toContain('the run was interrupted after step 40: compared up to there\n');
    const metrics = path.join(out, 'metrics.ndjson');
    const text = await readFile(metrics, 'utf8');
    await writeFile(metrics, text.replace('"correct":', '"correct": '));
    expect(await run('verify', 'stopped')).toMatchObject({ code: 1, stdout: 'different\n' });
  });
});

describe('pnpm summary', () => {
  it('prints the layer table, and refuses what is no model', async () => {
    const { code, stdout } = await run('summary', 'simple-convnet');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^total +433,890 +433,750 +865,000 +104,120$/m);
    expect((await run('summary', 'nothing')).code).toBe(2);
  });
});
