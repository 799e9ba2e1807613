import { html, type Html, type Text } from '@convbook/page/markup';
import { formula, type Axis, type Size } from './sizes.ts';

/**
 * The formula with its numbers, and what becomes of a fraction.
 *
 * @param isRounded Whether it is rounded down, not refused.
 */
export function saySize(axis: Axis, size: Size, isRounded = true): Text {
  const { outputs, dropped } = size;
  const sum = formula(axis, size.value);
  if (dropped === 0) {
    const kept = outputs === axis.size ? keeps : { en: '', ko: '' };
    return {
      en: `${sum}: the filter has ${outputs} ${outputs === 1 ? 'place' : 'places'} along each side, so the output is ${outputs}×${outputs}${kept.en}. `,
      ko: `${sum}. 한 변에서 필터가 놓이는 자리가 ${outputs}곳이므로 출력은 ${outputs}×${outputs}입니다${kept.ko}. `,
    };
  }
  if (!isRounded) {
    return { en: `${sum} is not whole. `, ko: `${sum}: 나누어떨어지지 않습니다. ` };
  }
  const [rows, columns] =
    dropped === 1 ? ['row', 'column'] : [`${dropped} rows`, `${dropped} columns`];
  return {
    en: `${sum} is not whole. Rounded down it is ${outputs}: the last ${rows} and ${columns} fall away. `,
    ko: `${sum}: 나누어떨어지지 않습니다. 내림하면 ${outputs}이고, 마지막 ${dropped}행과 ${dropped}열은 쓰이지 않습니다. `,
  };
}

const keeps: Text = { en: ', as large as the input', ko: '. 입력과 크기가 같습니다' };

/** Says why the size misses the input's by one: an even filter has no padding that keeps it. */
export function sayEven({ size, filter, stride }: Axis, { outputs }: Size): Text | null {
  if (stride !== 1 || filter % 2 === 1 || Math.abs(outputs - size) !== 1) return null;
  return {
    en: 'With an even F no padding keeps the size: it comes out one too small or one too large.',
    ko: 'F가 짝수이면 어떤 패딩으로도 크기가 유지되지 않습니다. 하나 모자라거나 하나 남습니다.',
  };
}

/** What the layer says where the filter does not fit, and with `exact` where the size is not whole. */
export function sayRefusal(error: string, size: Size | string): Text<Html> {
  const isAlways = typeof size === 'string';
  const exact = html`<code>rounding: 'exact'</code>`;
  return {
    en: html`<span class="stride-refusal"
      >${isAlways ? 'The layer refuses:' : html`With ${exact} the layer refuses:`}
      <code lang="en">${error}</code></span
    >`,
    ko: html`<span class="stride-refusal"
      >${isAlways ? '층이 다음과 같이 거부합니다.' : html`${exact}이면 층이 다음과 같이 거부합니다.`}
      <code lang="en">${error}</code></span
    >`,
  };
}
