// Where the time of a training step is: a part of the model's cell.
import { fuseLayers } from '@convbook/layers/plan';
import { resolveModel } from '@convbook/layers';
import {
  formatCount,
  formatNumber,
  formatPercent,
  formatPlural,
  html,
  renderTable,
  type Html,
  type HtmlValue,
  type Text,
} from '@convbook/page';
import type { Run } from '@convbook/run';
import { layerTimes, type LayerTime, type LayerTimes } from '../analysis/layer-times.ts';

/** Names for the conversion of bytes to floats, and for the end of the forward pass. */
const others: Readonly<Record<string, Text>> = {
  input: { en: 'reading the images', ko: '이미지 읽기' },
  loss: { en: 'loss', ko: '손실' },
};

/** The time of each layer, as a sentence and as a table; null where no step was timed. */
export function modelTime({ timing, record }: Run): { text: Text<Html>; table: Html } | null {
  const times = layerTimes(timing);
  if (times === null) return null;
  const sumOf = ({ forward, backward }: LayerTime) => forward + backward;
  const all = times.layers.reduce((sum, time) => sum + sumOf(time), 0);
  if (all === 0) return null;
  const slowest = times.layers.reduce((a, b) => (sumOf(b) > sumOf(a) ? b : a));
  const share = formatPercent(sumOf(slowest) / all, 1);
  const known = passes(record.model);
  const name = nameOf(slowest, known);
  return {
    text: {
      en: html` Time is not always spent where the multiply-adds are: a layer that moves much data
      for little arithmetic waits for memory. Here ${share} of the time is spent in ${name}.`,
      ko: html` 시간이 꼭 곱셈-누산이 많은 곳에 드는 것은 아닙니다. 연산에 비해 많은 데이터를 옮기는
      층은 메모리를 기다립니다. 여기서는 시간의 ${share}가 ${name}에 듭니다.`,
    },
    table: html`<figure>${timeTable(times, all, known)}</figure>`,
  };
}

/** Names of the layers that one pass computes, by the first of them. */
function passes(model: Run['record']['model']): Map<string, string> {
  return new Map(
    fuseLayers(resolveModel(model)).map(({ layer, followedBy }) => [
      layer.name,
      [layer, ...followedBy].map(({ name }) => name).join(' + '),
    ]),
  );
}

function nameOf({ layer }: LayerTime, known: ReadonlyMap<string, string>): HtmlValue {
  const pass = known.get(layer);
  if (pass === undefined && Object.hasOwn(others, layer)) return others[layer];
  return html`<code>${pass ?? layer}</code>`;
}

function timeTable(
  { steps, layers }: LayerTimes,
  all: number,
  known: ReadonlyMap<string, string>,
): Html {
  const milliseconds = (value: number) => (value === 0 ? '–' : formatNumber(value));
  return renderTable<LayerTime>({
    caption: {
      en: `Time of a step without the update: milliseconds of all workers, mean of ${formatPlural(steps, 'step')}`,
      ko: `스텝의 시간이 드는 곳(갱신 제외, 밀리초, 워커들의 합, ${formatCount(steps)}스텝의 평균)`,
    },
    style: 'data costs',
    columns: [
      { head: { en: 'Layer', ko: '층' }, heading: true, value: (time) => nameOf(time, known) },
      {
        head: { en: 'Share', ko: '비율' },
        numeric: true,
        value: (time) => formatPercent(share(time), 1),
      },
      {
        head: html`<span class="hidden">${{ en: 'Share of the time', ko: '시간의 비율' }}</span>`,
        value: (time) => html`<span class="bar" style="--share:${share(time).toFixed(3)}"></span>`,
      },
      {
        head: { en: 'Forward', ko: '순전파' },
        numeric: true,
        value: ({ forward }) => milliseconds(forward),
      },
      {
        head: { en: 'Backward', ko: '역전파' },
        numeric: true,
        value: ({ backward }) => milliseconds(backward),
      },
    ],
    rows: layers,
  });

  function share({ forward, backward }: LayerTime): number {
    return (forward + backward) / all;
  }
}
