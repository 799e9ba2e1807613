import { formatPercent, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { plot } from '../../figure/plot.ts';
import { kinds, type Kind } from './kinds.ts';
import { shareChanged, sizes, type ShiftedDigit, type ShiftState } from './shift.ts';

/** Share of outputs that change, by the side of the window. */
export function shiftCurves(compute: Compute, digit: ShiftedDigit, state: ShiftState): Html {
  const line = (kind: Kind) =>
    sizes.map((size) => [size, shareChanged(compute, digit, kind, size)] as const);
  const lines = { max: line('max'), average: line('average') };
  const own = state.kind === 'average' ? 'average' : 'max';
  const [first, last] = [lines[own][1], lines[own][4]].map(([, share]) => formatPercent(share, 0));
  return plot({
    width: 400,
    height: 230,
    x: { label: { en: 'side of the window', ko: '윈도우의 한 변' }, domain: [1, 28], isLog: true },
    y: {
      label: { en: 'Share of outputs that change', ko: '바뀌는 출력의 비율' },
      domain: [0, 1],
      isPercent: true,
    },
    lines: [
      { name: kinds.max.name, points: lines.max, color: 0 },
      { name: kinds.average.name, points: lines.average, color: 1, dashed: true },
    ],
    dots: [{ at: lines[own][state.size], color: own === 'max' ? 0 : 1 }],
    alt: {
      en: `${kinds[own].name.en}: ${first} of the outputs of 2×2 windows change, ${last} of those of 14×14`,
      ko: `${kinds[own].name.ko}: 2×2 윈도우에서는 출력의 ${first}, 14×14에서는 ${last}가 바뀝니다`,
    },
  });
}
