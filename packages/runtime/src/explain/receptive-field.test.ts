import { resolveModel, type LayerSpec } from '@convbook/layers';
import { describe, expect, test } from 'vitest';
import { receptiveField } from './receptive-field.ts';

const conv: LayerSpec = { kind: 'conv2d', filters: 2, kernelSize: 3, padding: 1 };

const rows: [title: string, layers: LayerSpec[], want: ReturnType<typeof receptiveField>][] = [
  ['no block', [conv, conv], { size: [5, 5], jump: [1, 1], start: [-2, -2] }],
  [
    'a block',
    [conv, { kind: 'residual', layers: [{ ...conv, stride: 2 }, conv] }],
    // 3, then 3 + 2·1, then 5 + 2·2; the shortcut sees the middle.
    { size: [9, 9], jump: [2, 2], start: [-4, -4] },
  ],
  ['layers that end in no map', [conv, { kind: 'flatten' }], null],
];

describe('the receptive field of', () => {
  test.each(rows)('%s', (_, layers, want) => {
    expect(receptiveField(resolveModel({ input: [2, 12, 12], layers }).layers)).toEqual(want);
  });
});
