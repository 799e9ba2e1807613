// A page carries the weights only up to a size: what stands in place of the cells that need them.
import { typedCommand } from '@convbook/core/checks';
import { commandLine, formatBytes, formatCount, html, type Html, type Text } from '@convbook/page';
import { pathWord, shellWord, type Run } from '@convbook/run';
import { mostWeightBytes } from '../live/live-parts.ts';

/** Bytes of a page for each of the weights, which are base64 in it: compressing them saves next to nothing. */
const inPage = 4 / 3;

/** Says what is left out, how to have it, and what the page would weigh; null where the weights are not the reason. */
export function weightsLeftOut({ record, name }: Run, what: Text): Html | null {
  const { parameters } = record.model;
  const bytes = 4 * parameters;
  if (record.result === undefined || bytes <= mostWeightBytes) return null;
  const [size, most, more] = [bytes, mostWeightBytes, bytes * inPage].map(formatBytes);
  return html`<p class="note">
      <strong>${{ en: 'Left out of this page.', ko: '이 페이지에서는 뺐습니다.' }}</strong>
      ${what}
      ${{
        en: `The page would have to carry the model, whose ${formatCount(parameters)} parameters take ${size}; above ${most} it does so only if asked, and then weighs about ${more} more:`,
        ko: `그러려면 페이지에 모델이 들어 있어야 하는데, 매개변수 ${formatCount(parameters)}개의 크기가 ${size}입니다. ${most}보다 크면 따로 요청할 때만 넣으며, 그러면 페이지가 약 ${more} 커집니다.`,
      }}
    </p>
    ${commandLine(`${typedCommand('report')} ${shellWord(pathWord(name))} --live-weights`)}`;
}

/** Whether a page can carry the model: one that reads grey or coloured pictures. */
export function canCarryModel({ record }: Run): boolean {
  const [channels, , width] = record.model.input;
  return width !== undefined && (channels === 1 || channels === 3);
}
