import {
  detailFold,
  formatBytes,
  formatCount,
  formatList,
  formatPercent,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import { palette, renderChart, rowsChart, type ChartRow } from '@convbook/page/charts';
import type { BenchmarkReport, MeasuredPeer, MeasuredSteps } from './benchmark-report.ts';
import { busyBanner } from './busy.ts';
import { kernelsOf } from './engines.ts';

/** Time of a step, ours and the peers'. */
export async function stepsPart(report: BenchmarkReport): Promise<Html> {
  const { steps, peers } = report;
  const models = [...new Set(steps.map(({ model }) => model))];
  const rowsOf = (name: string): ChartRow[] => [
    ...steps.filter(({ model }) => model === name).map(ownRow),
    ...peers.filter(({ model }) => model === name).map(peerRow),
  ];
  const chart = rowsChart({
    id: 'bench-steps',
    title: { en: 'Milliseconds a training step', ko: '학습 스텝당 밀리초' },
    alt: {
      en: `Dot plot on a logarithmic axis: ${steps.map(inWords).join('; ')}.`,
      ko: `로그 축의 점 그래프: ${steps.map(inWords).join('; ')}.`,
    },
    groups: models.map((name) => ({ name, rows: rowsOf(name) })),
    marks: 'dots',
    axis: { title: { en: 'ms a step, logarithmic', ko: '스텝당 밀리초, 로그 축' } },
  });
  return html`${busyBanner(report)}
    <p>
      ${{
        en: 'One step is forward, backward and Adam over one batch. Further left is faster. A line through a dot spans all repetitions; a long line means that the machine was busy with other work, and small differences mean nothing.',
        ko: '한 스텝은 배치 하나에 대한 순전파, 역전파, Adam 갱신입니다. 왼쪽일수록 빠릅니다. 점을 지나는 선은 모든 반복의 범위이며, 길면 기계가 다른 일을 하고 있었다는 뜻이므로 작은 차이는 의미가 없습니다.',
      }}
    </p>
    <figure>
      ${await renderChart(chart)}
      <figcaption>${peers.length > 0 ? withPeers(peers) : alone}</figcaption>
    </figure>
    ${detailFold({ en: 'The steps as a table', ko: '표로 보기' }, stepsTable(steps))}`;
}

const alone: Text = { en: 'Dots are medians.', ko: '점은 중앙값입니다.' };

function withPeers(peers: readonly MeasuredPeer[]): Text {
  const names = [...new Set(peers.map(({ peer }) => peer))];
  return {
    en: `Blue: Convbook. Orange: other systems (${formatList(names)}) with as many threads as our largest number of workers. Dots are medians.`,
    ko: `파랑은 Convbook, 주황은 우리의 최대 워커 수와 같은 스레드 수를 쓴 다른 시스템(${names.join(', ')})입니다. 점은 중앙값입니다.`,
  };
}

function inWords({ model, workers, spread }: MeasuredSteps): string {
  return `${model} × ${workers}: ${spread.median.toFixed(2)} ms`;
}

function ownRow({ workers, spread, batchSize }: MeasuredSteps): ChartRow {
  const speed = formatCount((1000 * batchSize) / spread.median);
  const { median, least, most } = spread;
  const ms = median.toFixed(2);
  return {
    text: {
      en: `${workersIn(workers).en}: ${ms} ms, ${speed} images/s`,
      ko: `${workersIn(workers).ko}: ${ms}밀리초, 초당 이미지 ${speed}장`,
    },
    value: median,
    least,
    most,
    color: palette.blue.light,
  };
}

function peerRow({ peer, millisecondsPerStep, ratio }: MeasuredPeer): ChartRow {
  const ms = millisecondsPerStep.toFixed(2);
  return {
    text: {
      en: `${peer}: ${ms} ms, we are ${ratio.toFixed(2)} times as fast`,
      ko: `${peer}: ${ms}밀리초, 우리가 ${ratio.toFixed(2)}배 빠름`,
    },
    value: millisecondsPerStep,
    least: millisecondsPerStep,
    most: millisecondsPerStep,
    color: palette.orange.light,
  };
}

/** 0 trains on the calling thread. */
export function workersIn(workers: number): Text {
  return { en: `${workers} worker${workers === 1 ? '' : 's'}`, ko: `워커 ${workers}개` };
}

function stepsTable(steps: readonly MeasuredSteps[]): Html {
  return renderTable<MeasuredSteps>({
    caption: { en: 'Every model and number of workers', ko: '모든 모델과 워커 수' },
    columns: [
      { head: { en: 'Model', ko: '모델' }, heading: true, value: ({ model }) => model },
      { head: { en: 'Node', ko: 'Node' }, value: ({ node }) => node },
      { head: { en: 'Kernels', ko: '커널' }, value: kernelsOf },
      { head: { en: 'Workers', ko: '워커' }, numeric: true, value: ({ workers }) => workers },
      { head: { en: 'Batch', ko: '배치' }, numeric: true, value: ({ batchSize }) => batchSize },
      {
        head: { en: 'ms a step', ko: '스텝당 밀리초' },
        numeric: true,
        value: ({ spread }) => spread.median.toFixed(2),
      },
      {
        head: { en: 'From – to', ko: '범위' },
        numeric: true,
        value: ({ spread }) => `${spread.least.toFixed(2)} – ${spread.most.toFixed(2)}`,
      },
      {
        head: { en: 'Images a second', ko: '초당 이미지' },
        numeric: true,
        value: ({ batchSize, spread }) => formatCount((1000 * batchSize) / spread.median),
      },
      {
        head: { en: 'Waiting', ko: '대기' },
        numeric: true,
        value: ({ waitingShare }) => formatPercent(waitingShare, 1),
      },
      {
        head: { en: 'Peak memory', ko: '최대 메모리' },
        numeric: true,
        value: ({ peakMemoryBytes }) => formatBytes(peakMemoryBytes),
      },
      {
        head: { en: 'Ready after', ko: '준비까지' },
        numeric: true,
        value: ({ readySeconds }) => `${readySeconds.toFixed(2)} s`,
      },
      {
        head: { en: 'First step after', ko: '첫 스텝까지' },
        numeric: true,
        value: ({ firstStepSeconds }) => `${firstStepSeconds.toFixed(2)} s`,
      },
      {
        head: { en: 'Cores used by others', ko: '다른 프로세스가 쓴 코어' },
        numeric: true,
        value: ({ foreignCores }) => foreignCores.toFixed(2),
      },
    ],
    rows: steps,
  });
}
