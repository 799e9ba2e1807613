import { avgPool2d, maxPool2d, minPool2d, type LayerSpec } from '@convbook/layers';
import { formatNumber, type Text } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { toRows } from '../../figure/rows.ts';

/** Text E's example. */
export const example: readonly (readonly number[])[] = [
  [1, 2, 0, 1, 3, 2],
  [3, 1, 2, 1, 0, 1],
  [0, 4, 1, 0, 2, 5],
  [1, 3, 2, 4, 2, 1],
  [1, 2, 1, 4, 1, 2],
  [0, 2, 5, 4, 3, 1],
];

export const side = example.length;

export type Kind = 'max' | 'average' | 'min';

interface PoolingKind {
  layer(size: number, stride: number): LayerSpec;
  readonly name: Text;
  /** Its name where room is short. */
  readonly short: Text;
  /** How a window's output comes about. */
  words(inside: readonly number[], result: number): Text;
}

export const kinds: Readonly<Record<Kind, PoolingKind>> = {
  max: {
    layer: (size, stride) => maxPool2d({ size, stride }),
    name: { en: 'Max pooling', ko: '최대 풀링' },
    short: { en: 'Max', ko: '최대' },
    words: (inside, result) => {
      const [numbers, value] = [listed(inside), formatNumber(result)];
      return { en: `the largest of ${numbers} is ${value}`, ko: `${numbers} 중 최댓값 ${value}` };
    },
  },
  average: {
    layer: (size, stride) => avgPool2d({ size, stride }),
    name: { en: 'Average pooling', ko: '평균 풀링' },
    short: { en: 'Average', ko: '평균' },
    words: (inside, result) => {
      const sum = inside.map((value) => formatNumber(value)).join(' + ');
      const mean = `(${sum}) / ${inside.length} = ${formatNumber(result)}`;
      return { en: `the mean is ${mean}`, ko: `평균 ${mean}` };
    },
  },
  min: {
    layer: (size, stride) => minPool2d({ size, stride }),
    name: { en: 'Min pooling', ko: '최소 풀링' },
    short: { en: 'Min', ko: '최소' },
    words: (inside, result) => {
      const [numbers, value] = [listed(inside), formatNumber(result)];
      return { en: `the smallest of ${numbers} is ${value}`, ko: `${numbers} 중 최솟값 ${value}` };
    },
  },
};

export const kindNames: readonly Kind[] = ['max', 'average', 'min'];

/** The kind that a choice names. */
export function toKind(value: string): Kind {
  return kindNames.find((kind) => kind === value) ?? 'max';
}

export const kindOptions = kindNames.map((value) => ({ value, text: kinds[value].name }));

/** What a pooling layer makes of numbers as large as the example. */
export function pooled(
  compute: Compute,
  kind: Kind,
  { x, size, stride }: { x: readonly number[]; size: number; stride: number },
): number[][] {
  const { shape, values } = compute.run([1, side, side], [kinds[kind].layer(size, stride)], x);
  return toRows(values, shape[2]);
}

/** At most nine numbers; of more the first and the last stand. */
function listed(values: readonly number[]): string {
  const shown = values.map((value) => formatNumber(value));
  const isLong = shown.length > 9;
  return (isLong ? [...shown.slice(0, 7), '…', ...shown.slice(-1)] : shown).join(', ');
}
