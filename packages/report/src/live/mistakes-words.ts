// The sentences beside the images that one chooses.
import { formatCount, formatPlural, formatProbability, type Text } from '@convbook/page/text';
import type { ImageChoice } from './image-choice.ts';
import type { TestAnswer, TestSet } from './test-set.ts';

const nothing: Text = {
  en: 'No test image matches. Widen the choice, or reset it.',
  ko: '조건에 맞는 시험 이미지가 없습니다. 조건을 넓히거나 초기화하십시오.',
};

/** How many images match, and how many of them the page does not have. */
export function matchWords(
  testSet: TestSet,
  { numbers }: ImageChoice,
  found: readonly TestAnswer[],
  pictured: number,
): Text {
  if (found.length === 0) return numbers.length > 0 ? beyond(testSet) : nothing;
  const [some, all] = [found.length, testSet.count].map(formatCount);
  const verb = found.length === 1 ? 'matches' : 'match';
  const { en, ko } =
    pictured === found.length ? { en: '', ko: '' } : missing(testSet, found, pictured);
  return {
    en: `${some} of ${formatPlural(testSet.count, 'test image')} ${verb}.${en}`,
    ko: `시험 이미지 ${all}장 중 ${some}장이 조건에 맞습니다.${ko}`,
  };
}

function beyond({ count }: TestSet): Text {
  const last = formatCount(count - 1);
  return {
    en: `No test image has this number: they go from 0 to ${last}.`,
    ko: `이 번호의 시험 이미지는 없습니다. 번호는 0부터 ${last}까지입니다.`,
  };
}

/** Some of what one asked for has no picture here; of a single image the answer is said instead. */
function missing({ classNames }: TestSet, found: readonly TestAnswer[], pictured: number): Text {
  const [{ index, label, prediction, predictionProbability }] = found;
  if (found.length > 1) {
    const count = formatCount(pictured);
    return {
      en: ` The page has the pictures of ${count} of them.`,
      ko: ` 그중 ${count}장의 이미지가 이 페이지에 있습니다.`,
    };
  }
  const [is, said] = [classNames[label], classNames[prediction]];
  const probability = formatProbability(predictionProbability);
  return {
    en: ` The page does not have the picture of #${index}: label ${is}, predicted ${said} (${probability}).`,
    ko: ` #${index}의 이미지는 이 페이지에 없습니다. 정답 ${is}, 예측 ${said}(${probability}).`,
  };
}

/** The number of pages, after the field of the one that shows. */
export function pageCountWords(count: number): Text {
  return { en: `of ${formatCount(count)}`, ko: `/ ${formatCount(count)}` };
}

/** Images chosen in another part of the page. */
export function restrictedWords(count: number): Text {
  return {
    en: `Only among the ${formatPlural(count, 'image')} chosen on the map.`,
    ko: `지도에서 고른 이미지 ${formatCount(count)}장 가운데에서만 찾습니다.`,
  };
}

/** How many pictures the page has of how many, and why not all. */
export function leftOutWords({ kept, count, answer }: TestSet): Text {
  const isWrong = (index: number) => answer(index).label !== answer(index).prediction;
  const wrong = Array.from({ length: count }, (_, index) => index).filter(isWrong).length;
  const keptWrong = kept.filter(isWrong).length;
  const [some, all, these, those] = [kept.length, count, keptWrong, wrong].map(formatCount);
  const which =
    keptWrong === wrong
      ? {
          en: 'all that were misclassified and a sample of the others',
          ko: '틀린 이미지 전부와 나머지의 표본입니다',
        }
      : {
          en: `${these} of the ${those} that were misclassified, the worst first, and a sample of the others`,
          ko: `틀린 이미지 ${those}장 중 심하게 틀린 ${these}장과 나머지의 표본입니다`,
        };
  return {
    en: `To stay small, this page has the pictures of ${some} of the ${all} test images: ${which.en}. Label, prediction and probabilities are here for all of them.`,
    ko: `파일이 커지지 않도록 시험 이미지 ${all}장 중 ${some}장만 담았습니다. ${which.ko}. 정답, 예측, 확률은 모든 이미지에 대해 들어 있습니다.`,
  };
}
