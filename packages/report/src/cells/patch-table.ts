import { highest } from '@convbook/core';
import { formatNumber, renderTable, type Html, type Text } from '@convbook/page';
import type { LayerPatches, Patch } from '@convbook/runtime/explain';

/** Most filters of a layer in the table. */
const mostRows = 32;

/** Activation and label of the patches of each filter. */
export function patchTable(
  found: readonly LayerPatches[],
  labels: ArrayLike<number>,
  names: readonly string[],
): Html {
  interface Line {
    name: string;
    filter: number;
    patches: readonly Patch[];
  }
  return renderTable<Line>({
    caption: {
      en: 'Activation and label of the patches to which each filter responds most',
      ko: '필터가 강하게 반응하는 조각의 활성값과 레이블',
    },
    columns: [
      {
        head: { en: 'Filter', ko: '필터' },
        heading: true,
        value: ({ name, filter }) => `${name}, ${filter}`,
      },
      {
        head: { en: 'Strongest to weakest', ko: '가장 강함 ~ 가장 약함' },
        value: ({ patches }) => (patches.length === 0 ? '–' : activationRange(patches)),
      },
      {
        head: { en: 'Most often', ko: '가장 많은 레이블' },
        value: ({ patches }) =>
          patches.length === 0 ? { en: 'dead', ko: '죽음' } : commonest(patches, labels, names),
      },
      {
        head: { en: 'Test images', ko: '시험 이미지' },
        value: ({ patches }) => patches.map(({ index }) => `#${index}`).join(' ') || '–',
      },
    ],
    rows: found.flatMap(({ row, filters }) =>
      filters
        .slice(0, mostRows)
        .map((patches, k) => ({ name: row.layer.name, filter: k + 1, patches })),
    ),
  });
}

/** The label most of the images have. */
function commonest(
  patches: readonly Patch[],
  labels: ArrayLike<number>,
  names: readonly string[],
): Text {
  const counts = new Uint32Array(names.length);
  for (const { index } of patches) counts[labels[index]]++;
  const best = counts.indexOf(highest(counts));
  return {
    en: `${names[best]} (${counts[best]} of ${patches.length})`,
    ko: `${names[best]} (${patches.length}개 중 ${counts[best]}개)`,
  };
}

/** The highest and the lowest activation of some patches, the highest first. */
export function activationRange(patches: readonly Patch[]): Text {
  const [high, low] = [patches[0], patches[patches.length - 1]].map(({ activation }) =>
    formatNumber(activation, 2),
  );
  return { en: `${high} to ${low}`, ko: `${high} ~ ${low}` };
}
