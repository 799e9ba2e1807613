import { expect, test } from 'vitest';
import { startLine } from './start-line.ts';

const sha256 = '0'.repeat(64);
const start = {
  source: { kind: 'run', name: 'birds' },
  sha256,
  ownSha256: sha256,
  taken: ['conv1.weight', 'conv1.bias'],
} as const;
const recorded = { ...start, taken: [...start.taken] };

test('all parameters taken', () => {
  expect(startLine({ ...recorded, left: [] })).toBe('started from birds: 2 of 2 parameters taken');
});

test('names what was not taken, and why', () => {
  const left = [
    { name: 'dense1.weight', reason: 'shape' as const, shape: [5, 512], found: [10, 512] },
    { name: 'dense1.bias', reason: 'type' as const, shape: [5], found: 'F16' },
    { name: 'dense2.weight', reason: 'missing' as const, shape: [5, 5] },
  ];
  expect(startLine({ ...recorded, left })).toBe(
    'started from birds: 2 of 5 parameters taken; not dense1.weight (10×512 there, 5×512 here), ' +
      'dense1.bias (of type F16, not F32), dense2.weight (not there)',
  );
  const many = Array.from({ length: 6 }, () => left[2]);
  expect(startLine({ ...recorded, left: many })).toMatch(/\(not there\) and 2 more$/);
});
