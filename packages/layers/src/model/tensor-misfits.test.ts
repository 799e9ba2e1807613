import { expect, test } from 'vitest';
import { resolveModel } from './model.ts';
import { sayMisfits, tensorMisfits, type TensorType } from './tensor-misfits.ts';

const model = resolveModel({
  input: [1, 4, 4],
  layers: [
    { kind: 'conv2d', filters: 2, kernelSize: 3 },
    { kind: 'batchNorm' },
    { kind: 'flatten' },
    { kind: 'dense', units: 3 },
  ],
});
const own = model.parameters.map(
  ({ name, shape }) => [name, { dtype: 'F32', shape }] as [string, TensorType],
);
const said = (changes: readonly [string, TensorType | null][]) => {
  const tensors = new Map(own);
  for (const [name, type] of changes) {
    if (type === null) tensors.delete(name);
    else tensors.set(name, type);
  }
  return sayMisfits(tensorMisfits(model, tensors));
};

test('tensors of the model, in any order, fit', () => {
  expect(tensorMisfits(model, new Map(own))).toEqual([]);
  expect(tensorMisfits(model, new Map([...own].reverse()))).toEqual([]);
});

test('every tensor that does not fit is named, those of the model first', () => {
  expect(
    said([
      ['conv1.weight', { dtype: 'F32', shape: [2, 1, 5, 5] }],
      ['conv1.bias', { dtype: 'F16', shape: [2] }],
      ['dense1.weight', { dtype: 'F32', shape: [8, 3] }],
      ['dense1.bias', null],
      ['fc.bias', { dtype: 'F32', shape: [3] }],
    ]),
  ).toBe(
    'conv1.weight: expected F32 [2,1,3,3], got F32 [2,1,5,5]; ' +
      'conv1.bias: expected F32 [2], got F16 [2]; ' +
      'dense1.weight: expected F32 [3,8], got F32 [8,3]; ' +
      'dense1.bias: expected F32 [3], got nothing; ' +
      'fc.bias: expected nothing, got F32 [3]',
  );
});

test('counters of batches are PyTorch’s own only beside running statistics', () => {
  const counter = { dtype: 'I64', shape: [] };
  expect(said([['bn1.num_batches_tracked', counter]])).toBe('');
  expect(said([['bn2.num_batches_tracked', counter]])).toBe(
    'bn2.num_batches_tracked: expected nothing, got I64 []',
  );
});

test('names from elsewhere are shown on one line, and at most 200 of them', () => {
  expect(said([['a\u001b[31m\nb', { dtype: 'F32', shape: [1] }]])).toBe(
    'a\\u{1b}[31m\\u{a}b: expected nothing, got F32 [1]',
  );
  const many = Array.from(
    { length: 203 },
    (_, k) => [`x${k}`, { dtype: 'F32', shape: [1] }] as [string, TensorType],
  );
  expect(said(many)).toMatch(/x199: expected nothing, got F32 \[1\]; and 3 more$/);
});
