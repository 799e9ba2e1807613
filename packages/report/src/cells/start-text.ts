// Where a run's first parameters came from, and which layers stay as they were.
import { formatCount, formatShape, html, type Html, type Text } from '@convbook/page';
import type { LeftParameter, RecordedStart, RunRecord } from '@convbook/run';

/** Parameters that are named, at most. */
const mostNamed = 12;

/** A paragraph, where a run began with trained parameters or has frozen layers; else null. */
export function startText({ start, configuration }: RunRecord): Html | null {
  const frozen = configuration.freeze ?? [];
  if (start === undefined && frozen.length === 0) return null;
  return html`<p>${start && takenText(start)} ${frozen.length > 0 && frozenText(frozen)}</p>`;
}

function takenText({ source, taken, left, isScaledAsSource }: RecordedStart): Html {
  const name = html`<code>${source.name}</code>`;
  const [some, all] = [taken.length, taken.length + left.length].map(formatCount);
  const en = { run: 'the trained run', file: 'the file' }[source.kind];
  const ko = { run: '학습된 실행', file: '파일' }[source.kind];
  return html`${{
    en: html`Training began with the parameters of ${en} ${name}: ${some} of ${all} have its names
    and shapes${isScaledAsSource && ', and pixel values are scaled as they were there'}.`,
    ko: html`이 학습은 ${ko} ${name}의 매개변수로 시작했습니다. ${all}개 가운데 이름과 형상이 같은
    ${some}개를 가져왔${isScaledAsSource && '고 픽셀값도 그때처럼 변환했'}습니다.`,
  }}
  ${left.length > 0 && leftText(left)}`;
}

function leftText(left: readonly LeftParameter[]): Text<Html> {
  const names = left
    .slice(0, mostNamed)
    .map((one, at) => html`${at > 0 && ', '}<code>${one.name}</code>${foundText(one)}`);
  const more = left.length - mostNamed;
  return {
    en: html`The others began with random weights: ${names}${more > 0 && ` and ${more} more`}.`,
    ko: html`나머지는 무작위 가중치로 시작했습니다: ${names}${more > 0 && ` 외 ${more}개`}.`,
  };
}

/** How a parameter differs, where the source has one of that name. */
function foundText({ shape, found }: LeftParameter): string {
  if (found === undefined) return '';
  return ` (${formatShape(shape)}, ${typeof found === 'string' ? found : formatShape(found)})`;
}

function frozenText(frozen: readonly string[]): Text<Html> {
  const names = frozen.map((name, at) => html`${at > 0 && ', '}<code>${name}</code>`);
  return {
    en: html`Frozen layers stay as they were: ${names}.`,
    ko: html`동결한 층은 학습하는 동안 바뀌지 않습니다: ${names}.`,
  };
}

/** Whether a layer, or the block that it is in, is frozen. */
export function isFrozenIn({ configuration }: RunRecord, layer: string): boolean {
  const frozen = configuration.freeze ?? [];
  return frozen.some((name) => layer === name || layer.startsWith(`${name}.`));
}
