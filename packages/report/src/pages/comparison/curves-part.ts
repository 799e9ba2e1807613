import { highest } from '@convbook/core';
import {
  detailFold,
  formatCount,
  formatNumber,
  formatPercent,
  html,
  renderTable,
  thinOut,
  type Column,
  type Html,
  type Text,
} from '@convbook/page';
import { renderChart } from '@convbook/page/charts';
import type { EpochEvent } from '@convbook/run';
import type { ComparedRun } from './compared-run.ts';
import { overlayCharts } from './overlay-charts.ts';

/** Most epochs in the table. */
const mostRows = 60;

/** The curves of all runs over each other; null where none has taken a step. */
export async function curvesPart(compared: readonly ComparedRun[]): Promise<Html | null> {
  const charts = overlayCharts(compared);
  if (charts.length === 0) return null;
  const figures: Html[] = [];
  for (const chart of charts) {
    figures.push(html`<figure>${await renderChart(chart)}</figure>`);
  }
  return html`<p>
      ${{
        en: 'Look where curves part and whether they stay apart: a lead that comes and goes is noise. At equal epochs the runs have seen equally many images; at equal times they have cost the same. A run whose training loss is lower while its test loss is higher overfits more: vary its images, or end it sooner.',
        ko: '곡선이 어디에서 갈라지고 그 뒤로 계속 떨어져 있는지 보십시오. 앞섰다 뒤처졌다 하는 차이는 잡음입니다. 에폭으로 보면 실행들이 같은 수의 이미지를 본 것이고, 시간으로 보면 같은 비용을 들인 것입니다. 훈련 손실은 더 낮은데 시험 손실이 더 높은 실행은 더 과대적합한 것이므로, 이미지를 다양하게 하거나 더 일찍 끝내십시오.',
      }}
    </p>
    ${figures}
    ${detailFold({ en: 'The curves as a table', ko: '곡선을 표로 보기' }, epochTable(compared))}`;
}

function epochTable(compared: readonly ComparedRun[]): Html {
  const all = highest(compared.map(({ run }) => run.epochCount));
  const rows = thinOut(sharedEpochs(compared), mostRows);
  const columns = compared.flatMap((one): Column<number>[] => {
    const events = new Map(one.run.epochs.map((event) => [event.epoch, event]));
    const value = (text: (event: EpochEvent) => string) => (epoch: number) => {
      const event = events.get(epoch);
      return event === undefined ? '–' : text(event);
    };
    return [
      {
        head: { en: `${one.letter} accuracy`, ko: `${one.letter} 정확도` },
        numeric: true,
        value: value(({ testAccuracy }) => formatPercent(testAccuracy)),
      },
      {
        head: { en: 'test loss', ko: '시험 손실' },
        numeric: true,
        value: value(({ testLoss }) => formatNumber(testLoss)),
      },
      {
        head: { en: 'training loss', ko: '훈련 손실' },
        numeric: true,
        value: value(({ trainLoss }) => formatNumber(trainLoss)),
      },
    ];
  });
  return renderTable<number>({
    caption: tableCaption(rows.length, all),
    columns: [
      { head: { en: 'Epoch', ko: '에폭' }, heading: true, value: (epoch) => epoch },
      ...columns,
    ],
    rows,
  });
}

/** The epochs that every run has that came so far. */
function sharedEpochs(compared: readonly ComparedRun[]): number[] {
  const kept = compared.map(({ run }) => new Set(run.epochs.map(({ epoch }) => epoch)));
  const ends = compared.map(({ run }) => run.epochs.at(-1)?.epoch ?? 0);
  return [...new Set(kept.flatMap((epochs) => [...epochs]))]
    .filter((epoch) => kept.every((epochs, k) => epoch > ends[k] || epochs.has(epoch)))
    .sort((a, b) => a - b);
}

function tableCaption(shown: number, all: number): Text {
  if (shown === all) {
    return { en: 'After each epoch, in every run', ko: '에폭이 끝난 뒤, 모든 실행' };
  }
  const [some, whole, rest] = [shown, all, all - shown].map(formatCount);
  return {
    en: `After ${some} of ${whole} epochs, in every run; ${rest} are left out`,
    ko: `전체 ${whole}에폭 중 ${some}에폭이 끝난 뒤, 모든 실행(${rest}에폭 생략)`,
  };
}
