import {
  formatList,
  formatSigned,
  inLanguages,
  renderTable,
  toText,
  type Html,
  type Language,
  type Text,
} from '@convbook/page';
import type { FilterSnapshot } from '@convbook/run';
import {
  compareFilters,
  likenessLimits,
  type FilterLikeness,
} from '../analysis/filter-likeness.ts';

/** Most filters named in a sentence. */
const mostNamed = 8;

/** Which filters faded away, and which are near duplicates of another, in a sentence. */
export function deadAndTwins(snapshot: FilterSnapshot): Text {
  const filters = compareFilters(snapshot);
  const dead = filters.filter(({ isDead }) => isDead).map(({ filter }) => String(filter));
  const twins = filters.flatMap(({ filter, twin }) =>
    twin !== null && twin.filter > filter && twin.correlation >= likenessLimits.duplicate
      ? [{ en: `${filter} and ${twin.filter}`, ko: `${filter}·${twin.filter}` }]
      : [],
  );
  const faded =
    dead.length === 0
      ? { en: 'No filter has faded away.', ko: '거의 사라진 필터는 없습니다.' }
      : {
          en: `Almost nothing is left of these filters: ${named(dead, 'en')}.`,
          ko: `거의 사라진 필터는 다음과 같습니다: ${named(dead, 'ko')}.`,
        };
  const alike =
    twins.length === 0
      ? { en: 'No two filters are nearly the same.', ko: '서로 거의 같은 필터는 없습니다.' }
      : {
          en: `These are nearly the same (correlation of at least ${likenessLimits.duplicate}): ${named(twins, 'en')}.`,
          ko: `서로 거의 같은 필터(상관계수 ${likenessLimits.duplicate} 이상)는 다음과 같습니다: ${named(twins, 'ko')}.`,
        };
  return { en: `${faded.en} ${alike.en}`, ko: `${faded.ko} ${alike.ko}` };
}

/** Which filters look like a classic one, in a sentence. */
export function resemblances(snapshot: FilterSnapshot): Text {
  const filters = compareFilters(snapshot);
  const close = filters
    .filter(({ classic }) => Math.abs(classic?.correlation ?? 0) >= likenessLimits.classic)
    .sort((a, b) => Math.abs(b.classic?.correlation ?? 0) - Math.abs(a.classic?.correlation ?? 0));
  const measure = {
    en: 'The classic filters of image processing, such as Sobel’s, were designed by hand. Each learned filter is compared with them by the correlation of their weights.',
    ko: '영상 처리의 고전적인 필터(소벨 필터 등)는 사람이 고안한 것입니다. 학습된 필터를 이들과 가중치의 상관계수로 비교했습니다.',
  };
  const limit = likenessLimits.classic;
  if (close.length === 0) {
    return {
      en: `${measure.en} None reaches ${limit}.`,
      ko: `${measure.ko} 상관계수가 ${limit}에 이르는 필터는 없습니다.`,
    };
  }
  const items = close.map(({ filter, classic }) =>
    inLanguages(
      (language) =>
        `${filter} (${classic?.name[language]}, ${formatSigned(classic?.correlation ?? 0)})`,
    ),
  );
  return {
    en: `${measure.en} ${close.length} of ${filters.length} filters reach ${limit}: ${named(items, 'en')}. A minus means the same filter with bright and dark exchanged.`,
    ko: `${measure.ko} 필터 ${filters.length}개 중 ${close.length}개가 ${limit} 이상입니다: ${named(items, 'ko')}. 음수는 밝고 어두운 곳이 뒤바뀐 같은 필터라는 뜻입니다.`,
  };
}

function named(items: readonly (Text | string)[], language: Language): string {
  const shown = items.slice(0, mostNamed).map((item) => toText(item)[language]);
  const others = items.length - shown.length;
  if (language === 'ko') return `${shown.join(', ')}${others > 0 ? ` 외 ${others}개` : ''}`;
  return formatList(others > 0 ? [...shown, `${others} more`] : shown);
}

/** For each filter the classic one and the other filter it is most like. */
export function likenessTable(snapshot: FilterSnapshot): Html {
  return renderTable<FilterLikeness>({
    caption: {
      en: 'The most similar classic filter and the most similar other filter of each',
      ko: '필터마다 가장 닮은 고전 필터와 가장 닮은 다른 필터',
    },
    columns: [
      { head: { en: 'Filter', ko: '필터' }, heading: true, value: ({ filter }) => filter },
      {
        head: { en: 'Resembles', ko: '닮은 고전 필터' },
        value: ({ classic, isDead }) =>
          isDead ? { en: 'faded', ko: '사라짐' } : (classic?.name ?? '–'),
      },
      {
        head: { en: 'Correlation', ko: '상관계수' },
        numeric: true,
        value: ({ classic }) => (classic === null ? '–' : formatSigned(classic.correlation)),
      },
      {
        head: { en: 'Most similar filter', ko: '가장 닮은 필터' },
        numeric: true,
        value: ({ twin }) => twin?.filter ?? '–',
      },
      {
        head: { en: 'Correlation', ko: '상관계수' },
        numeric: true,
        value: ({ twin }) => (twin === null ? '–' : formatSigned(twin.correlation)),
      },
    ],
    rows: compareFilters(snapshot),
  });
}
