import { join } from 'node:path';
import {
  batchNorm,
  conv2d,
  flatten,
  presets,
  relu,
  residual,
  type ModelSpec,
} from '@convbook/layers';
import { pageText } from '@convbook/page/testing';
import { readRun } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { modelCell } from './model.ts';

const run = readRun(writeSyntheticRun(join(temporaryDirectory(), 'run'), {}));

async function rendered({ name = 'model', input, layers }: ModelSpec): Promise<string> {
  const model = { ...run.record.model, name, input: [...input], layers: [...layers] };
  const content = await modelCell.render({ ...run, record: { ...run.record, model } }, null, null);
  return pageText(String(content)).replaceAll(/\s+/g, ' ');
}

test('marks the layers where rows or columns are left over, and says how many', async () => {
  const text = await rendered(presets['tf-tutorial']);
  expect(text.match(/\S+×\S+ \*/g)).toEqual(['64×5×5 *']);
  expect(text).toContain(
    '* Rounded down: no window of pool2 reaches the last row and column of its input.',
  );
});

test('says once what is left over in several layers, and that it is of the padded input', async () => {
  const text = await rendered(presets['batched-cnn']);
  expect(text.match(/\* Rounded down: [^.]*\./g)).toEqual([
    '* Rounded down: no window of conv2, conv4, conv8 and conv10 reaches the last row and column of its padded input.',
  ]);
});

test('marks nothing where every window fits', async () => {
  expect(await rendered(presets['simple-convnet'])).not.toContain('*');
});

test('counts parameters with and without bias', async () => {
  expect(await rendered(presets['two-stage'])).toContain('Total 38,390 38,250');
});

test('shows a block with the layers inside it, and writes it as code', async () => {
  const conv = conv2d({ filters: 4, kernelSize: 3, padding: 1, stride: 2, bias: false });
  const block = residual({ layers: [conv, batchNorm(), relu()], shortcut: 'conv' });
  const text = await rendered({ input: [2, 9, 9], layers: [block, relu(), flatten()] });
  expect(text).toContain(
    "import { batchNorm, conv2d, defineModel, flatten, relu, residual, } from '@convbook/layers';",
  );
  expect(text).toContain(
    'residual({ layers: [ conv2d({ filters: 4, kernelSize: 3, padding: 1, stride: 2, ' +
      "bias: false, }), batchNorm(), relu(), ], shortcut: 'conv', }), relu(),",
  );
  expect(text).toContain('A residual block adds its input to the output of the layers inside it');
  expect(text).toContain('residual1 2×9×9 – – – relu 4×5×5 88 84 2,000');
  expect(text).toContain('residual1.conv1 2×9×9 4 of 3×3 2 1 – 4×5×5 72 72 1,800');
  expect(text).toContain('residual1.shortcut 2×9×9 4 of 1×1 2 0 – 4×5×5 8 8 200');
  expect(text).toContain('Total 88 84 2,000');
});

test('says where the run began, and marks frozen layers', async () => {
  const sha256 = '0'.repeat(64);
  const start = {
    source: { kind: 'run', name: '<b>birds' },
    sha256,
    ownSha256: sha256,
    taken: ['conv1.weight', 'conv1.bias'],
    left: [
      { name: 'dense1.weight', reason: 'shape', shape: [5, 512], found: [10, 512] },
      { name: 'dense1.bias', reason: 'missing', shape: [5] },
    ],
  } satisfies typeof run.record.start;
  const configuration = { ...run.record.configuration, freeze: ['conv1'] };
  const record = { ...run.record, start, configuration };
  const content = String(await modelCell.render({ ...run, record }, null, null));
  const text = pageText(content).replaceAll(/\s+/g, ' ');
  expect(text).toContain(
    'Training began with the parameters of the trained run <b>birds: 2 of 4 have its names and shapes. ' +
      'The others began with random weights: dense1.weight (5×512, 10×512), dense1.bias. ' +
      'Frozen layers stay as they were: conv1.',
  );
  expect(text.match(/\S+ \(frozen\)/g)).toEqual(['conv1 (frozen)']);
  expect(content).not.toContain('<b>');
});

test('each kind of layer stands there with its formula, also those inside of a block', async () => {
  const text = await rendered({
    input: [1, 28, 28],
    layers: [
      residual({ layers: [conv2d({ filters: 1, kernelSize: 3, padding: 1 }), batchNorm()] }),
      relu(),
    ],
  });
  expect(text).toContain('batchNorm γ · (x − μ) ∕ √(σ² + ε) + β each channel with mean 0');
  expect(text).toMatch(/ residual F\(x\) \+ x .* conv2d Σ w·x \+ b .* relu max\(0, x\) /);
});
