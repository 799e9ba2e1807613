// Who computed what, and how well the workers were used: a part of the training cell.
import { highest } from '@convbook/core';
import {
  captionOf,
  detailFold,
  formatNumber,
  formatPercent,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import { renderChart } from '@convbook/page/charts';
import { mostTimelineWorkers, type Run } from '@convbook/run';
import {
  busyShare,
  endsShards,
  typicalTimeline,
  workerLoads,
  workOf,
  works,
  type Timeline,
  type WorkerLoad,
} from '../analysis/worker-load.ts';
import { timelineChart, workKinds } from '../charts/timeline-chart.ts';

/** Most rows of a table: workers, and what they did in a step. */
const mostRows = 128;

const waiting: Text = { en: 'waiting', ko: '대기' };

export async function workersPart({ timing }: Run): Promise<Html | null> {
  const loads = workerLoads(timing);
  if (loads.length === 0) return null;
  const timeline = typicalTimeline(timing);
  const hasRanks = timing.some((event) => event.event === 'start' && event.ranks !== undefined);
  return html`<p>${prose(loads, hasRanks)}</p>
    ${
      timeline &&
      html`<figure>
          ${await renderChart(timelineChart(timeline))} ${legend()}
          <figcaption>
            ${{
              en: 'The recorded step of median duration. Each row is a worker, each number the shard of the batch that it computed; whoever finishes first takes the next.',
              ko: '기록된 스텝 가운데 걸린 시간이 중간인 스텝입니다. 한 줄이 워커 하나이고, 수는 그 워커가 계산한 배치의 샤드입니다. 먼저 끝낸 워커가 다음 샤드를 가져갑니다.',
            }}
            ${leftOut(timeline)}
          </figcaption>
        </figure>
        ${detailFold({ en: 'The step as a table', ko: '이 스텝을 표로 보기' }, spanTable(timeline))}`
    }
    <figure>${loadTable(loads)}</figure>`;
}

/** Says which workers and spans the chart leaves out, where there are too many. */
function leftOut({ spans, workersLeftOut = 0, spansLeftOut = 0 }: Timeline): Text[] {
  const recorded = 1 + highest(spans.map(({ worker }) => worker));
  const workers = Math.min(recorded, mostTimelineWorkers);
  const all = recorded + workersLeftOut;
  return [
    ...(all > workers
      ? [
          {
            en: ` Only the first ${workers} of ${all} workers are shown.`,
            ko: ` 워커 ${all}개 가운데 처음 ${workers}개만 보여 줍니다.`,
          },
        ]
      : []),
    ...(spansLeftOut > 0
      ? [
          {
            en: ` ${spansLeftOut} later spans were too many to record: where a row ends early, the worker went on.`,
            ko: ` 그 뒤의 구간 ${spansLeftOut}개는 너무 많아 기록하지 않았습니다. 줄이 일찍 끝나도 워커는 계속 일했습니다.`,
          },
        ]
      : []),
  ];
}

function prose(loads: readonly WorkerLoad[], hasRanks: boolean): Text {
  const share = busyShare(loads);
  const [busy, times] = [formatPercent(share, 1), formatNumber(share * loads.length, 3)];
  if (loads.length === 1 && hasRanks) {
    return {
      en: `One worker computed the shards of its rank: it was busy for ${busy} of the training time, and waited for the other ranks in the rest.`,
      ko: `워커 하나가 자기 랭크의 샤드를 계산했습니다. 학습 시간의 ${busy} 동안 일했고, 나머지 시간에는 다른 랭크를 기다렸습니다.`,
    };
  }
  if (loads.length === 1) {
    return {
      en: `One worker computed every shard and had no other to wait for: it was busy for ${busy} of the training time.`,
      ko: `워커 하나가 모든 샤드를 계산했습니다. 다른 워커를 기다리지 않았으며, 학습 시간의 ${busy} 동안 일했습니다.`,
    };
  }
  if (hasRanks) {
    return {
      en: `In each step the workers of a rank compute its shards of the batch, sum their gradients and update the parameters; in between they wait for each other and for the other ranks, but a worker with no shard left may begin with gradients of the whole batch. Here ${loads.length} workers of rank 0 were busy for ${busy} of the training time and did as much as ${times} workers that never wait. If there are long gaps before a sum, they wait for each other, which fewer workers or smaller shards shorten, or for what other ranks compute and send, which fewer ranks or larger batches shorten; or other programs take the cores.`,
      ko: `스텝마다 랭크의 워커들은 배치에서 자기 랭크의 샤드를 계산하고, 기울기를 더하고, 매개변수를 갱신합니다. 그 사이에는 서로를, 그리고 다른 랭크를 기다리지만, 샤드를 먼저 끝낸 워커는 배치 전체의 기울기를 먼저 시작할 수 있습니다. 여기서는 랭크 0의 워커 ${loads.length}개가 학습 시간의 ${busy} 동안 일했습니다. 기다리지 않는 워커 ${times}개와 같은 일을 한 것입니다. 합 앞에 긴 틈이 있으면 서로를 기다리거나, 다른 랭크가 계산하여 보내는 것을 기다리거나, 다른 프로그램이 코어를 쓰는 것입니다. 앞의 것은 워커를 줄이거나 샤드를 작게 하면, 다른 랭크를 기다리는 것은 랭크를 줄이거나 배치를 크게 하면 짧아집니다.`,
    };
  }
  return {
    en: `In each step the workers compute the shards of the batch, sum their gradients and update the parameters; in between they wait for each other, but a worker with no shard left may begin with gradients of the whole batch. Here ${loads.length} workers were busy for ${busy} of the training time and did as much as ${times} workers that never wait: this is the parallel efficiency. If there are long gaps before a sum, use fewer workers or smaller shards, or close other programs. What slows the work itself, such as shared memory, is not counted as waiting.`,
    ko: `스텝마다 워커들은 배치의 샤드를 계산하고, 기울기를 더하고, 매개변수를 갱신합니다. 그 사이에는 서로를 기다리지만, 샤드를 먼저 끝낸 워커는 배치 전체의 기울기를 먼저 시작할 수 있습니다. 여기서는 워커 ${loads.length}개가 학습 시간의 ${busy} 동안 일했습니다. 기다리지 않는 워커 ${times}개와 같은 일을 한 것이며, 이 비율이 병렬 효율입니다. 합 앞에 긴 틈이 있으면 워커를 줄이거나 샤드를 작게 하거나 다른 프로그램을 닫으십시오. 함께 쓰는 메모리처럼 일 자체를 느리게 하는 것은 대기로 세지 않습니다.`,
  };
}

function legend(): Html {
  const entries = Object.values(workKinds).map(
    ({ name, color }) => html`<li><i style="--color:var(--chart-${color})"></i>${name}</li> `,
  );
  return html`<ul class="kinds">
    ${entries}
    <li><i></i>${waiting}</li>
  </ul>`;
}

function loadTable(loads: readonly WorkerLoad[]): Html {
  const rows = loads.slice(0, mostRows);
  const caption = {
    en: 'How each worker spent the training steps, in seconds',
    ko: '워커별로 학습 스텝에 쓴 시간(초)',
  };
  const sum = (load: WorkerLoad) => works.reduce((total, work) => total + load[work], 0);
  const seconds = (value: number) => value.toFixed(2);
  const kinds = works.filter((work) => work !== 'waiting');
  return renderTable<WorkerLoad>({
    caption: captionOf(caption, rows.length, loads.length),
    columns: [
      {
        head: { en: 'Worker', ko: '워커' },
        heading: true,
        value: (load) => loads.indexOf(load) + 1,
      },
      ...kinds.map((work) => ({
        head: {
          shards: { en: 'Shards', ko: '샤드' },
          sums: { en: 'Sums', ko: '합' },
          updates: { en: 'Updates', ko: '갱신' },
        }[work],
        numeric: true,
        value: (load: WorkerLoad) => seconds(load[work]),
      })),
      {
        head: { en: 'Waiting', ko: '대기' },
        numeric: true,
        value: (load) => seconds(load.waiting),
      },
      {
        head: { en: 'Busy', ko: '일한 비율' },
        numeric: true,
        value: (load) => formatPercent(sum(load) === 0 ? 0 : 1 - load.waiting / sum(load), 1),
      },
    ],
    rows,
  });
}

function spanTable({ step, spans }: Timeline): Html {
  const rows = spans.slice(0, mostRows);
  const caption = {
    en: `What the workers did in step ${step}`,
    ko: `${step}스텝에 워커들이 한 일`,
  };
  return renderTable<Timeline['spans'][number]>({
    caption: captionOf(caption, rows.length, spans.length),
    columns: [
      { head: { en: 'Worker', ko: '워커' }, heading: true, value: ({ worker }) => worker + 1 },
      { head: { en: 'Work', ko: '일' }, value: workText },
      {
        head: { en: 'From, ms', ko: '시작(밀리초)' },
        numeric: true,
        value: ({ from }) => from.toFixed(2),
      },
      { head: { en: 'To, ms', ko: '끝(밀리초)' }, numeric: true, value: ({ to }) => to.toFixed(2) },
    ],
    rows,
  });
}

function workText({ phase, shard }: Timeline['spans'][number]): Text {
  const kind = workOf(phase);
  if (kind !== 'shards') return kind === 'waiting' ? waiting : workKinds[kind].name;
  if (shard === null) {
    return endsShards(phase)
      ? { en: 'ends the phase', ko: '단계를 끝냄' }
      : { en: 'prepares the filters', ko: '필터 준비' };
  }
  return { en: `shard ${shard + 1}`, ko: `샤드 ${shard + 1}` };
}
