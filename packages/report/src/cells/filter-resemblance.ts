// Which filters look like the classic ones of image processing, beside what noise would do.
import {
  formatCount,
  formatNumber,
  formatPlural,
  formatShape,
  formatSigned,
  inLanguages,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import type { FilterSnapshot } from '@convbook/run';
import {
  compareFilters,
  likenessLimits,
  type FilterLikeness,
} from '../analysis/filter-likeness.ts';
import { chanceOfLikeness, tailOfBinomial } from '../analysis/likeness-chance.ts';
import { someNames } from './some-names.ts';

/** As many resemblances are learned where noise gives them less often than this. */
const rare = 0.01;

/** Most resemblances named in the sentence; the table has all. */
const mostNamed = 3;

const measure: Text = {
  en: 'Each filter is compared with the classic ones of image processing, such as Sobel’s, by the correlation of their weights; a minus means the same filter with bright and dark exchanged.',
  ko: '학습된 필터를 소벨 필터 같은 영상 처리의 고전적인 필터와 가중치의 상관계수로 비교했습니다. 음수는 밝고 어두운 곳이 뒤바뀐 같은 필터라는 뜻입니다.',
};

/** Which filters look like a classic one, how many did before training, and how many would by chance. */
export function resemblances(
  before: FilterSnapshot | null,
  after: FilterSnapshot,
  dead: readonly number[],
): Text {
  const close = closeOnes(after, dead).sort((a, b) => sizeOf(b) - sizeOf(a));
  const all = after.shape[0];
  const limit = likenessLimits.classic;
  const items = close.map(({ filter, classic }) =>
    inLanguages(
      (language) =>
        `${filter} (${classic?.name[language]}, ${formatSigned(classic?.correlation ?? 0)})`,
    ),
  );
  const found =
    close.length === 0
      ? { en: `None reaches ${limit}.`, ko: `상관계수가 ${limit}에 이르는 필터는 없습니다.` }
      : {
          en: `${formatCount(close.length)} of ${formatPlural(all, 'filter')} reach ${limit}: ${someNames(items, mostNamed).en}.`,
          ko: `필터 ${formatCount(all)}개 중 ${formatCount(close.length)}개가 ${limit} 이상입니다: ${someNames(items, mostNamed).ko}.`,
        };
  const checked = control(close.length, before && closeOnes(before, []).length, after);
  return inLanguages((language) =>
    [measure, found, checked].map((text) => text[language]).join(' '),
  );
}

/** The result of the same comparison before training and for noise, and what follows. */
function control(count: number, earlier: number | null, { shape }: FilterSnapshot): Text {
  const [all, , height, width] = shape;
  const chance = chanceOfLikeness(height, width);
  const [size, expected] = [formatShape([height, width]), formatNumber(chance * all, 2)];
  const isLearned = count > (earlier ?? 0) && tailOfBinomial(count, all, chance) < rare;
  const then =
    earlier === null
      ? { en: '', ko: '' }
      : {
          en: `Before training, ${earlier === 0 ? 'none' : formatCount(earlier)} did. `,
          ko: `학습 전에는 ${earlier === 0 ? '하나도 없었습니다.' : `${formatCount(earlier)}개였습니다.`} `,
        };
  return {
    en: `${then.en}Of ${formatPlural(all, 'filter')} of random weights, ${size} each, ${expected} would on average: ${isLearned ? 'here the resemblance was learned.' : 'here the number says nothing about what was learned.'}`,
    ko: `${then.ko}가중치가 무작위인 ${size} 필터 ${formatCount(all)}개라면 평균 ${expected}개입니다. ${isLearned ? '따라서 여기서는 학습으로 닮게 된 것입니다.' : '따라서 이 수만으로는 무엇을 배웠는지 말할 수 없습니다.'}`,
  };
}

function closeOnes(snapshot: FilterSnapshot, dead: readonly number[]): FilterLikeness[] {
  return compareFilters(snapshot, dead).filter((one) => sizeOf(one) >= likenessLimits.classic);
}

function sizeOf({ classic }: FilterLikeness): number {
  return Math.abs(classic?.correlation ?? 0);
}

/** For each filter the classic one and the other filter it is most like, and how like before training. */
export function likenessTable(
  before: FilterSnapshot | null,
  after: FilterSnapshot,
  dead: readonly number[],
): Html {
  const earlier = before === null ? null : compareFilters(before);
  const correlationHead = { en: 'Correlation', ko: '상관계수' };
  const signed = (match: { correlation: number } | null | undefined) =>
    match ? formatSigned(match.correlation) : '–';
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
          isDead ? { en: 'dead', ko: '죽음' } : (classic?.name ?? '–'),
      },
      { head: correlationHead, numeric: true, value: ({ classic }) => signed(classic) },
      {
        head: { en: 'Most similar filter', ko: '가장 닮은 필터' },
        numeric: true,
        value: ({ twin }) => twin?.filter ?? '–',
      },
      { head: correlationHead, numeric: true, value: ({ twin }) => signed(twin) },
      ...(earlier === null
        ? []
        : [
            {
              head: { en: 'Before training: resembles', ko: '학습 전: 닮은 고전 필터' },
              value: ({ filter }: FilterLikeness) => earlier[filter - 1].classic?.name ?? '–',
            },
            {
              head: correlationHead,
              numeric: true,
              value: ({ filter }: FilterLikeness) => signed(earlier[filter - 1].classic),
            },
          ]),
    ],
    rows: compareFilters(after, dead),
  });
}
