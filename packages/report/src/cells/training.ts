import { detailFold, formatCount, formatPlural, html, quote, sourceFold } from '@convbook/page';
import type { Run } from '@convbook/run';
import type { Cell } from './cell.ts';
import { curiousFold } from './curious-fold.ts';
import { interruptions } from './interruptions.ts';
import { layerHistograms } from './layer-histograms.ts';
import { layerPace } from './layer-pace.ts';
import { ranksPart } from './ranks.ts';
import { smoothingControl } from './smoothing-control.ts';
import { accuracyFigure, lossFigure } from './training-figures.ts';
import { pacePart, speedPart } from './training-pace.ts';
import { epochTable, stepTable } from './training-tables.ts';
import { workersPart } from './workers.ts';

/** Loss and accuracy through training; what else was measured is under a fold. */
export const trainingCell: Cell = {
  id: 'training',
  title: { en: 'Training', ko: '학습' },
  async render(run) {
    const loss = await lossFigure(run);
    if (loss === null) return null;
    const { batchSize } = run.record.configuration;
    return html`<p>
        ${{
          en: `The loss should fall steeply at first and then slowly. Noise is normal: each step sees only ${formatPlural(batchSize, 'image')}. If it rises or stays where it began, try a tenth and ten times the learning rate. If the test loss turns upwards while the training loss falls, the model is overfitting.`,
          ko: `손실은 처음에 가파르게, 나중에는 천천히 줄어야 합니다. 한 스텝은 이미지 ${formatCount(batchSize)}장만 보므로 잡음이 섞입니다. 손실이 커지거나 처음 값에 머물면 학습률을 10분의 1과 10배로 바꾸어 보십시오. 훈련 손실은 줄어드는데 시험 손실이 커지면 과대적합입니다.`,
        }}
      </p>
      ${smoothingControl(run)}
      <div class="wide abreast">${loss} ${await accuracyFigure(run)}</div>
      ${interruptions(run)}
      ${curiousFold([await pacePart(run), await layerPace(run), await layerHistograms(run), await speedPart(run), ranksPart(run), await workersPart(run)])}
      ${run.epochs.length > 0 && detailFold({ en: 'The epochs as a table', ko: '에폭을 표로 보기' }, epochTable(run))}
      ${detailFold({ en: 'The steps as a table', ko: '스텝을 표로 보기' }, stepTable(run))}
      ${sourceFold(code(run))}`;
  },
};

function code({ name }: Run): string {
  return `import {
  accuracyChart, gradientChart, lossChart, rateChart, readRun, renderChart, speedChart,
} from '@convbook/report';

const run = readRun(${quote(`reports/${name}`)});
const charts = [lossChart, accuracyChart, rateChart, gradientChart, speedChart];
for (const make of charts) {
  const chart = make(run);
  if (chart) console.log(chart.alt, await renderChart(chart)); // SVG, and the vega-lite spec
}`;
}
