// How weights and activations are distributed through training.
import {
  evenly,
  formatCount,
  formatNumber,
  formatPercent,
  formatPlural,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import { renderChart } from '@convbook/page/charts';
import type { Histogram, LayerStatistics, Run, TrainingStatistics } from '@convbook/run';
import { deviationOf, zeroShare } from '../analysis/spread.ts';
import { deadUnitsChart } from '../charts/dead-units-chart.ts';
import { deadUnits, type DeadUnits } from '../explain/dead-units.ts';
import { ridges, type Ridge } from './ridges.ts';

/** Most layers that are drawn: 90 kB of curves. */
const mostLayers = 8;

/** Histograms of the layers, and how many of their units are dead; null in runs that recorded neither. */
export async function layerHistograms(run: Run): Promise<Html | null> {
  const { statistics } = run;
  const layers = statistics[0]?.layers ?? [];
  if (statistics.length < 2 || layers.length === 0) return null;
  const shown = evenly(layers, mostLayers);
  const chart = deadUnitsChart(run);
  return html`<p>${prose(run)}</p>
    <div class="ridge-grid">${shown.map((layer) => figures(statistics, layer))}</div>
    <p class="caption">${caption(run, shown.length, layers.length)}</p>
    ${chart && html`<figure>${await renderChart(chart)}</figure>`} ${layerTable(run)}`;
}

function figures(statistics: readonly TrainingStatistics[], { name }: LayerStatistics): Html {
  return html`${figure(statistics, name, 'weights')}${figure(statistics, name, 'activations')}`;
}

const kinds = {
  weights: { en: 'weights', ko: '가중치' },
  activations: { en: 'activations', ko: '활성값' },
};
type Kind = keyof typeof kinds;

/** The curves of one layer; null where nothing was recorded, or all is 0. */
function figure(statistics: readonly TrainingStatistics[], name: string, kind: Kind): Html | null {
  const moments = statistics.flatMap((moment): Ridge[] => {
    const histogram = histogramOf(moment, name, kind);
    return histogram === null ? [] : [{ name: momentName(moment), histogram }];
  });
  if (moments.length < 2) return null;
  const curves = ridges(moments, alternative(moments, name, kind));
  if (curves === null) return null;
  return html`<figure>
    <p class="chart-title">
      <b><code>${name}</code> · ${kinds[kind]}</b>
    </p>
    ${curves}
  </figure>`;
}

function histogramOf({ layers }: TrainingStatistics, name: string, kind: Kind): Histogram | null {
  const layer = layers.find((own) => own.name === name);
  return (kind === 'weights' ? layer?.weights : layer?.activations?.histogram) ?? null;
}

function momentName({ epoch }: TrainingStatistics): Text {
  if (epoch === 0) return { en: 'before', ko: '학습 전' };
  return { en: `epoch ${formatCount(epoch)}`, ko: `${formatCount(epoch)}에폭` };
}

function alternative(moments: readonly Ridge[], layer: string, kind: Kind): Text {
  const [first, last] = [moments[0], moments[moments.length - 1]];
  const [from, to] = [first, last].map(({ histogram }) => formatNumber(deviationOf(histogram), 2));
  const zeros = formatPercent(zeroShare(last.histogram), 0);
  const more =
    kind === 'weights'
      ? { en: '', ko: '' }
      : { en: ` At the end ${zeros} are exactly 0.`, ko: ` 마지막에는 ${zeros}가 정확히 0입니다.` };
  return {
    en: `Histograms of the ${kinds[kind].en} of ${layer}, one under the other: their standard deviation goes from ${from} (${first.name.en}) to ${to} (${last.name.en}).${more.en}`,
    ko: `${layer} 층 ${kinds[kind].ko}의 히스토그램을 시점별로 아래로 쌓은 것: 표준편차가 ${from}(${first.name.ko})에서 ${to}(${last.name.ko})로 바뀝니다.${more.ko}`,
  };
}

function prose({ statistics }: Run): Text<Html> {
  const found = finding(deadUnits(statistics));
  return {
    en: html`Weights begin in a narrow heap around 0 and should spread as the layer learns. If a
      heap keeps its width, the layer hardly learns: raise the learning rate. If it runs far apart,
      add weight decay. Activations should fill a range that stays about the same. If nearly all of
      them become 0, or units die, lower the learning rate or replace <code>relu</code> by
      <code>leakyRelu</code>. ${found.en}`,
    ko: html`가중치는 0 둘레에 좁게 모여 시작하고, 층이 배우면서 퍼져야 합니다. 폭이 그대로이면 그
      층은 거의 배우지 못하는 것이니 학습률을 높이십시오. 지나치게 넓게 퍼지면 가중치 감쇠를
      더하십시오. 활성값은 비슷한 범위를 유지해야 합니다. 거의 모두 0이 되거나 유닛이 죽으면
      학습률을 낮추거나 <code>relu</code> 대신 <code>leakyRelu</code>를 쓰십시오. ${found.ko}`,
  };
}

function finding(layers: readonly DeadUnits[]): Text {
  if (layers.length === 0) {
    return {
      en: 'The model is too large to record activations in passing, so only weights are shown.',
      ko: '모델이 커서 활성값은 기록하지 않았으므로 가중치만 보입니다.',
    };
  }
  const dead = layers.flatMap(({ name, units, moments }) => {
    const { dead: count } = moments[moments.length - 1];
    return count === 0 ? [] : [{ name, units, count }];
  });
  if (dead.length === 0) {
    return {
      en: 'Here no unit is dead at the end.',
      ko: '여기서는 마지막에 죽은 유닛이 없습니다.',
    };
  }
  const en = dead.map(({ name, units, count }) => `${count} of ${units} in ${name}`).join(', ');
  const ko = dead.map(({ name, units, count }) => `${name} ${units}개 중 ${count}개`).join(', ');
  return { en: `Here are dead at the end: ${en}.`, ko: `여기서 마지막에 죽어 있는 것: ${ko}.` };
}

function caption({ statistics }: Run, shown: number, all: number): Text {
  const { images } = statistics[statistics.length - 1];
  const rest = {
    en: shown < all ? ` ${shown} of ${all} layers are drawn.` : '',
    ko: shown < all ? ` 층 ${all}개 중 ${shown}개를 그렸습니다.` : '',
  };
  const given = {
    en: ` Activations are those of the same ${formatPlural(images, 'test image')} at each moment, after normalization and activation and before pooling; a unit is dead if it varies by less than a hundredth of the layer’s liveliest.`,
    ko: ` 활성값은 매번 같은 시험 이미지 ${formatCount(images)}장에 대한 것으로, 정규화와 활성화 함수 뒤, 풀링 앞에서 잽니다. 값이 그 층에서 가장 크게 변하는 유닛의 100분의 1보다 적게 변하는 유닛을 죽은 것으로 봅니다.`,
  };
  return {
    en: `Each curve has a scale of its own; values that are exactly 0 are left out of the curves and counted in the table.${images > 0 ? given.en : ''}${rest.en}`,
    ko: `곡선마다 높이의 눈금을 따로 맞추었습니다. 정확히 0인 값은 곡선에서 빼고 표에서 셉니다.${images > 0 ? given.ko : ''}${rest.ko}`,
  };
}

/** Each layer before training and at the end. */
function layerTable({ statistics }: Run): Html {
  const [first, last] = [statistics[0], statistics[statistics.length - 1]];
  const dead = new Map(deadUnits(statistics).map((layer) => [layer.name, layer]));
  const change = (kind: Kind, show: (histogram: Histogram) => string) => (layer: LayerStatistics) =>
    [first, last].map((moment) => {
      const histogram = histogramOf(moment, layer.name, kind);
      return histogram === null ? '–' : show(histogram);
    });
  const column = (head: Text, values: (layer: LayerStatistics) => readonly string[]) => ({
    head,
    numeric: true,
    value: (layer: LayerStatistics) => [...new Set(values(layer))].join(' → '),
  });
  const deadOf = ({ name }: LayerStatistics) => {
    const moments = dead.get(name)?.moments ?? [];
    return moments.length === 0 ? ['–'] : [moments[0], moments[moments.length - 1]];
  };
  return renderTable<LayerStatistics>({
    caption: { en: 'Before training → at the end', ko: '학습 전 → 마지막' },
    columns: [
      {
        head: { en: 'Layer', ko: '층' },
        heading: true,
        value: ({ name }) => html`<code>${name}</code>`,
      },
      column(
        { en: 'Weights, standard deviation', ko: '가중치 표준편차' },
        change('weights', (own) => formatNumber(deviationOf(own), 2)),
      ),
      column(
        { en: 'Activations that are 0', ko: '0인 활성값' },
        change('activations', (own) => formatPercent(zeroShare(own), 0)),
      ),
      column({ en: 'Dead units', ko: '죽은 유닛' }, (layer) =>
        deadOf(layer).map((moment) => (typeof moment === 'string' ? moment : String(moment.dead))),
      ),
    ],
    rows: last.layers,
  });
}
