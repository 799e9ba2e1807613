// Words that both figures say of their maps.
import { formatNumber, html, type HtmlValue, type Text } from '@convbook/page/markup';

export const afterRelu: Text = { en: 'Bias, ReLU', ko: '편향, ReLU' };
export const afterPooling: Text = { en: 'Pooled', ko: '풀링' };

/** The sum of the pooled numbers. */
export function answerText(answer: number): Text<HtmlValue> {
  const shown = html`<b>${formatNumber(answer)}</b>`;
  return { en: html`, sum after pooling ${shown}`, ko: html`, 풀링한 값의 합 ${shown}` };
}
