// pnpm golden on small folders: cases pass, fail, and are never skipped.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniform } from '@convbook/core';
import { conv2d, resolveModel } from '@convbook/layers';
import { runReference } from '@convbook/layers/testing';
import { floats, goldenCases, type GoldenCase } from './golden.ts';
import { root, runNode, scriptWords } from './run-node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-golden-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...folders: string[]) => runNode(scriptWords('golden.ts', ...folders), folder);

/** A folder with one file of cases. */
async function folderOf(name: string, content: unknown): Promise<string> {
  await mkdir(path.join(folder, name));
  await writeFile(path.join(folder, name, 'cases.json'), JSON.stringify(content));
  return name;
}

/** A case of a 3 × 3 convolution with padding 1, its values by the float64 reference. */
function convolutionCase(batchSize: number, channels: number, filters: number, size: number) {
  const model = resolveModel({
    input: [channels, size, size],
    layers: [conv2d({ filters, kernelSize: 3, padding: 1 })],
  });
  const tensor = (name: string, ...shape: number[]) => {
    const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
    return { shape, data: Array.from(uniform(1, name, values, -1, 1)) };
  };
  const inputs = {
    x: tensor('x', batchSize, channels, size, size),
    w: tensor('w', filters, channels, 3, 3),
    b: tensor('b', filters),
    dy: tensor('dy', batchSize, filters, size, size),
  };
  const [x, dY, weight, bias] = [inputs.x, inputs.dy, inputs.w, inputs.b].map(floats);
  const parameters = new Map([
    ['conv1.weight', weight],
    ['conv1.bias', bias],
  ]);
  const { y, dX, gradients } = runReference({ model, parameters, batchSize, x, dY });
  const like = ({ shape }: { shape: number[] }, data: ArrayLike<number> = []) => ({
    shape,
    data: Array.from(data),
  });
  return {
    name: `conv ${channels} to ${filters}`,
    attrs: {
      layout: 'NCHW',
      kernel: [3, 3],
      stride: [1, 1],
      pad: [1, 1],
      rounding: 'floor',
      in_channels: channels,
      out_channels: filters,
      weight_layout: '[out, in, kh, kw]',
    },
    tolerance: { rtol: 1e-4, atol: 1e-3 },
    inputs,
    outputs: { y: like(inputs.dy, y) },
    grads: {
      dx: like(inputs.x, dX),
      dw: like(inputs.w, gradients.get('conv1.weight')),
      db: like(inputs.b, gradients.get('conv1.bias')),
    },
  };
}

const [dense] = goldenCases('dense.json');
const [loss] = goldenCases('losses.json');
const [optimizer] = goldenCases('optimizers.json');

describe('pnpm golden', () => {
  it('prints a line a file, then the sums', async () => {
    for (const name of ['a', 'b']) await mkdir(path.join(folder, name));
    for (const file of ['a/losses', 'a/optimizers', 'b/dense']) {
      const source = path.join(root, 'test/golden', `${path.basename(file)}.json`);
      await cp(source, path.join(folder, `${file}.json`));
    }
    expect(await run('a', 'b')).toEqual({
      code: 0,
      stderr: '',
      stdout:
        'a/losses.json: 10 passed, 0 failed\n' +
        'a/optimizers.json: 12 passed, 0 failed\n' +
        'b/dense.json: 4 passed, 0 failed\n' +
        '26 passed, 0 failed\n',
    });
  });

  const wrongLoss: GoldenCase = { ...loss, outputs: { ...loss.outputs, loss: 3 } };
  const rows: { title: string; content: unknown; failed: number; message: string }[] = [
    {
      title: 'a wrong value',
      content: { cases: [loss, wrongLoss] },
      failed: 1,
      message: 'loss (kernels): 1 of 1 values of shape [1] are not close',
    },
    {
      title: 'an unknown kind',
      content: {
        cases: [{ ...dense, attrs: { operation: 'rotate' }, inputs: { x: dense.inputs.x } }],
      },
      failed: 1,
      message: 'expected a case of a known kind, got attrs {"operation":"rotate"}',
    },
    {
      title: 'an unknown setting',
      content: { cases: [{ ...dense, attrs: { ...dense.attrs, quantized: true } }] },
      failed: 1,
      message: 'got quantized',
    },
    {
      title: 'a setting an optimizer does not have',
      content: { cases: [{ ...optimizer, attrs: { ...optimizer.attrs, momentum: 0.9 } }] },
      failed: 1,
      message: 'attrs of sgd: expected name, weightDecay, got momentum',
    },
    {
      title: 'a tensor with a hole',
      content: {
        cases: [
          { ...dense, inputs: { ...dense.inputs, x: { shape: [1, 3], data: [1, null, 2] } } },
        ],
      },
      failed: 1,
      message: 'inputs: expected { shape, data } of numbers, got something else',
    },
    {
      title: 'too few steps',
      content: { cases: [{ ...optimizer, outputs: { p_after_step: [] } }] },
      failed: 1,
      message: 'p_after_step: expected 5 steps, got 0',
    },
    { title: 'no cases', content: { cases: [] }, failed: 1, message: 'at least one case' },
    { title: 'null instead of an object', content: null, failed: 1, message: 'at least one case' },
    { title: 'a case that is null', content: { cases: [null] }, failed: 1, message: 'case 0' },
  ];
  it.each(rows)('$title fails: 1', async ({ title, content, failed, message }) => {
    const name = await folderOf(title.replaceAll(' ', '-'), content);
    const { code, stdout, stderr } = await run(name);
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`\n\\d passed, ${failed} failed\n$`));
    expect(stderr).toContain(message);
  });

  it('passes convolutions that are computed by Winograd, from the whole batch or by fewer products', async () => {
    const cases = [
      convolutionCase(2, 16, 16, 12),
      convolutionCase(4, 31, 64, 2),
      convolutionCase(4, 48, 64, 2),
    ];
    const name = await folderOf('wide', { cases });
    expect(await run(name)).toEqual({
      code: 0,
      stderr: '',
      stdout: 'wide/cases.json: 3 passed, 0 failed\n3 passed, 0 failed\n',
    });
  });

  it('a folder that is missing, or has no files: 2', async () => {
    await mkdir(path.join(folder, 'empty'));
    const missing = await run('nowhere');
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toBe(
      `error: DIR: expected a folder with golden files, got ${folder}/nowhere, ENOENT\n`,
    );
    const empty = await run('empty');
    expect(empty).toMatchObject({ code: 2, stdout: '' });
    expect(empty.stderr).toBe(
      `error: DIR: expected JSON files of golden cases in ${folder}/empty, got none\n`,
    );
  });
});
