import { formatCount, formatPlural, type Text } from '@convbook/page';
import type { FilterSnapshot } from '@convbook/run';
import { compareFilters, likenessLimits } from '../analysis/filter-likeness.ts';
import { deadFilters, type FilterAnswers } from '../explain/filter-answers.ts';
import { someNames } from './some-names.ts';

/** Most filters named in a sentence. */
const mostNamed = 8;

/** Dead filters of the first convolution, from 1; none are known where there are no answers. */
export function deadOf(answers: FilterAnswers | null): number[] {
  const [first] = answers?.ranges.values() ?? [];
  return first === undefined ? [] : deadFilters(first);
}

/** Which filters are dead. */
export function deadText(answers: FilterAnswers): Text {
  const dead = deadOf(answers).map(String);
  const images = answers.indexes.length;
  const shown = {
    en: `over ${formatPlural(images, 'test image')}`,
    ko: `시험 이미지 ${formatCount(images)}장에서`,
  };
  return dead.length === 0
    ? {
        en: `No filter is dead: ${shown.en}, the map of each changes with what is seen.`,
        ko: `죽은 필터는 없습니다. ${shown.ko} 모든 필터의 맵이 보이는 것에 따라 달라집니다.`,
      }
    : {
        en: `These filters are dead: ${someNames(dead, mostNamed).en}. ${capital(shown.en)}, their maps stay the same. Lower the learning rate, or try another initializer.`,
        ko: `다음 필터는 죽었습니다: ${someNames(dead, mostNamed).ko}. ${shown.ko} 맵이 모두 똑같습니다. 학습률을 낮추거나 초기화 방법을 바꾸어 보십시오.`,
      };
}

/** Which live filters are near duplicates of another, and how many were so before training; null with one or none. */
export function twinsText(
  before: FilterSnapshot | null,
  after: FilterSnapshot,
  dead: readonly number[],
): Text | null {
  if (after.shape[0] - dead.length < 2) return null;
  const twins = twinsOf(after, dead);
  const limit = likenessLimits.duplicate;
  const pairs = before === null ? null : twinsOf(before, []).length;
  if (twins.length === 0) {
    return dead.length === 0
      ? { en: 'No two filters are nearly the same.', ko: '서로 거의 같은 필터는 없습니다.' }
      : {
          en: 'No two of the live filters are nearly the same.',
          ko: '살아 있는 필터 중에 서로 거의 같은 것은 없습니다.',
        };
  }
  return {
    en: `These are nearly the same (correlation of at least ${limit}): ${someNames(twins, mostNamed).en}.${pairs === null ? '' : ` Before training, ${pairs === 0 ? 'none' : formatPlural(pairs, 'pair')} were.`}`,
    ko: `서로 거의 같은 필터(상관계수 ${limit} 이상)는 다음과 같습니다: ${someNames(twins, mostNamed).ko}.${pairs === null ? '' : ` 학습 전에는 ${pairs === 0 ? '하나도 없었습니다.' : `${formatCount(pairs)}쌍이었습니다.`}`}`,
  };
}

function twinsOf(snapshot: FilterSnapshot, dead: readonly number[]): Text[] {
  return compareFilters(snapshot, dead).flatMap(({ filter, twin }) =>
    twin !== null && twin.filter > filter && twin.correlation >= likenessLimits.duplicate
      ? [{ en: `${filter} and ${twin.filter}`, ko: `${filter}·${twin.filter}` }]
      : [],
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
