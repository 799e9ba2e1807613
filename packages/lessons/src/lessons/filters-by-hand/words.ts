import { formatNumber, type Text } from '@convbook/page/markup';
import { inBrackets } from '../../figure/written-sum.ts';
import { evenAnswer, filterOf, idOf } from './filters.ts';

/** The largest byte. */
export const white = 255;

/** The products of a window and their sum. */
export function sumWords(products: readonly number[], result: number): Text {
  const terms = products.map((value, k) =>
    k === 0 ? formatNumber(value, 5) : inBrackets(value, 5),
  );
  const sum = `${terms.join(' + ')} = ${formatNumber(result, 5)}`;
  const shown = shownAs(result);
  return { en: `${sum}. ${shown.en}`, ko: `${sum}. ${shown.ko}` };
}

/** How a grey picture shows a sum. */
function shownAs(result: number): Text {
  if (result < 0) {
    return { en: 'Below 0: black in grey.', ko: '0보다 작아서 회색 그림에서는 검정입니다.' };
  }
  if (result > white) {
    return {
      en: `More than ${white}: white in grey.`,
      ko: `${white}보다 커서 회색 그림에서는 흰색입니다.`,
    };
  }
  const grey = formatNumber(Math.round(result));
  return { en: `In grey: ${grey}.`, ko: `회색 그림에서는 ${grey}입니다.` };
}

/** What becomes of areas of one brightness. */
export function evenWords(weights: readonly number[]): Text {
  const sum = formatNumber(evenAnswer(weights));
  if (sum === '0') {
    return {
      en: 'The weights add up to 0: even areas become 0, only differences remain.',
      ko: '가중치의 합이 0입니다. 밝기가 고른 곳은 0이 되고 차이만 남습니다.',
    };
  }
  if (sum === '1') {
    return {
      en: 'The weights add up to 1: even areas keep their brightness.',
      ko: '가중치의 합이 1입니다. 밝기가 고른 곳은 그대로입니다.',
    };
  }
  return {
    en: `The weights add up to ${sum}: even areas become ${sum} times as bright.`,
    ko: `가중치의 합이 ${sum}입니다. 밝기가 고른 곳은 ${sum}배가 됩니다.`,
  };
}

/** A filter by its weights. */
export function nameOf(weights: readonly number[]): Text {
  const id = idOf(weights);
  return id === 'own' ? { en: 'Your filter', ko: '직접 만든 필터' } : filterOf(id).name;
}
