import { detailFold, formatBytes, html, renderTable, type Html } from '@convbook/page';
import { palette, renderChart, rowsChart } from '@convbook/page/charts';
import type { BenchmarkReport, MeasuredPeer } from './benchmark-report.ts';
import { groupsOf } from './peak-part.ts';
import { workersIn } from './steps-part.ts';

/** Peak memory of each process, and how the peers compare in everything. */
export async function memoryPart({ steps, peers }: BenchmarkReport): Promise<Html> {
  const rows = [
    ...steps.map(({ model, workers, peakMemoryBytes }) => ({
      model,
      bytes: peakMemoryBytes,
      color: palette.blue.light,
      who: workersIn(workers),
    })),
    ...peers.map(({ model, peer, peakMemoryBytes }) => ({
      model,
      bytes: peakMemoryBytes,
      color: palette.orange.light,
      who: { en: peer, ko: peer },
    })),
  ];
  const all = rows.map(({ model, who, bytes }) => `${model}, ${who.en}: ${formatBytes(bytes)}`);
  const chart = rowsChart({
    id: 'bench-memory',
    title: { en: 'Peak resident memory', ko: '최대 상주 메모리' },
    alt: { en: `Bar chart: ${all.join('; ')}.`, ko: `막대그래프: ${all.join('; ')}.` },
    groups: groupsOf(rows, ({ who, bytes, color }) => ({
      text: { en: `${who.en}: ${formatBytes(bytes)}`, ko: `${who.ko}: ${formatBytes(bytes)}` },
      value: bytes / 2 ** 20,
      color,
    })),
    marks: 'bars',
    axis: { title: 'MiB', format: ',.0f' },
  });
  return html`<p>
      ${{
        en: 'Memory of the whole process: Node or Python, the data set, the plan and every thread. Each worker adds its own memory for one part of a batch.',
        ko: 'Node 또는 Python, 데이터셋, 계획, 모든 스레드를 포함한 프로세스 전체의 값입니다. 워커마다 배치 일부를 위한 메모리가 더해집니다.',
      }}
    </p>
    <figure>${await renderChart(chart)}</figure>
    ${
      peers.length > 0 &&
      detailFold({ en: 'The peers as a table', ko: '비교 대상 표로 보기' }, peersTable(peers))
    }`;
}

function peersTable(peers: readonly MeasuredPeer[]): Html {
  return renderTable<MeasuredPeer>({
    caption: { en: 'The best variant of each peer', ko: '비교 대상별 가장 빠른 변형' },
    columns: [
      { head: { en: 'Model', ko: '모델' }, heading: true, value: ({ model }) => model },
      { head: { en: 'Peer', ko: '비교 대상' }, value: ({ peer }) => peer },
      { head: { en: 'Variant', ko: '변형' }, value: ({ variant }) => variant },
      { head: { en: 'Threads', ko: '스레드' }, numeric: true, value: ({ threads }) => threads },
      {
        head: { en: 'ms a step', ko: '스텝당 밀리초' },
        numeric: true,
        value: ({ millisecondsPerStep }) => millisecondsPerStep.toFixed(2),
      },
      {
        head: { en: 'Peak memory', ko: '최대 메모리' },
        numeric: true,
        value: ({ peakMemoryBytes }) => formatBytes(peakMemoryBytes),
      },
      {
        head: { en: 'We are faster by', ko: '우리의 속도 배율' },
        numeric: true,
        value: ({ ratio }) => `${ratio.toFixed(2)} ×`,
      },
    ],
    rows: peers,
  });
}
