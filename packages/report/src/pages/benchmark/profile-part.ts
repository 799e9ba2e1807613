import {
  detailFold,
  formatPercent,
  html,
  renderTable,
  toText,
  type Html,
  type Text,
} from '@convbook/page';
import { palette, renderChart, rowsChart } from '@convbook/page/charts';
import type { BenchmarkReport, MeasuredProfile } from './benchmark-report.ts';
import { workersIn } from './steps-part.ts';

interface ProfileRow {
  readonly name: Text | string;
  readonly milliseconds: number;
  /** GFLOP/s of a worker while it is at it; null where no operations are counted. */
  readonly gigaflops: number | null;
}

/** Where the time of each model's steps goes. */
export async function profilePart({ profiles }: BenchmarkReport): Promise<Html> {
  const figures: Html[] = [];
  for (const [at, profile] of profiles.entries()) figures.push(await profileFigure(profile, at));
  return html`<p>
      ${{
        en: 'Milliseconds are added up over the workers. Time should go into convolutions and dense layers, near the peak; waiting and summing are the price of several workers.',
        ko: '밀리초는 모든 워커의 합입니다. 시간은 합성곱과 완전 연결 층에, 최고 속도에 가깝게 쓰여야 하며 대기와 합산은 여러 워커를 쓰는 비용입니다.',
      }}
    </p>
    ${figures}`;
}

async function profileFigure(profile: MeasuredProfile, at: number): Promise<Html> {
  const { model, workers, meanMilliseconds, peakGigaflops } = profile;
  const rows = profileRows(profile);
  const whole = workers * meanMilliseconds;
  const most = rows.reduce((a, b) => (b.milliseconds > a.milliseconds ? b : a));
  const ofPeak = (gigaflops: number) =>
    peakGigaflops === null ? '' : ` (${formatPercent((gigaflops * workers) / peakGigaflops, 0)})`;
  const speedOf = ({ gigaflops }: ProfileRow) =>
    gigaflops === null ? '' : `, ${gigaflops.toFixed(1)} GFLOP/s${ofPeak(gigaflops)}`;
  const chart = rowsChart({
    id: `bench-profile-${at}`,
    title: {
      en: `${model}, ${workersIn(workers).en}: ${meanMilliseconds.toFixed(2)} ms a step`,
      ko: `${model}, ${workersIn(workers).ko}: 스텝당 ${meanMilliseconds.toFixed(2)}밀리초`,
    },
    alt: {
      en: `Bar chart of the time by layer and direction. The most time goes to ${toText(most.name).en}, ${formatPercent(most.milliseconds / whole, 1)}.`,
      ko: `층과 방향별 시간의 막대그래프. 가장 큰 것은 ${toText(most.name).ko}, ${formatPercent(most.milliseconds / whole, 1)}.`,
    },
    groups: [
      {
        name: model,
        rows: rows.map((row) => ({
          text: withFigures(row, whole, speedOf(row)),
          value: row.milliseconds,
          color: palette.blue.light,
        })),
      },
    ],
    marks: 'bars',
    axis: { title: { en: 'ms a step', ko: '스텝당 밀리초' }, format: '.2~f' },
  });
  return html`<figure>${await renderChart(chart)}</figure>
    ${detailFold({ en: `${model} as a table`, ko: `${model} 표로 보기` }, profileTable(rows, whole))}`;
}

function profileRows({ directions, phases, workers, meanMilliseconds }: MeasuredProfile) {
  const of = (field: 'running' | 'ending' | 'waiting', phase?: string) =>
    phases
      .flat()
      .filter((time) => phase === undefined || time.phase === phase)
      .reduce((sum, time) => sum + time[field], 0);
  const known = of('running') + of('ending') + of('waiting');
  const timed = (name: Text, milliseconds: number): ProfileRow => ({
    name,
    milliseconds,
    gigaflops: null,
  });
  const between = Math.max(0, workers * meanMilliseconds - known);
  return [
    ...directions.map(({ layer, direction, milliseconds, flops }): ProfileRow => ({
      name: `${layer} ${direction}`,
      milliseconds,
      gigaflops: flops > 0 ? flops / milliseconds / 1e6 : null,
    })),
    timed({ en: 'optimizer', ko: '옵티마이저' }, of('running', 'update')),
    timed({ en: 'waiting for other workers', ko: '다른 워커 대기' }, of('waiting')),
    timed({ en: 'between phases and steps', ko: '단계와 스텝 사이' }, of('ending') + between),
  ];
}

function withFigures({ name, milliseconds }: ProfileRow, whole: number, speed: string): Text {
  const { en, ko } = toText(name);
  const figures = `${milliseconds.toFixed(2)} ms, ${formatPercent(milliseconds / whole, 1)}${speed}`;
  return { en: `${en}: ${figures}`, ko: `${ko}: ${figures}` };
}

function profileTable(rows: readonly ProfileRow[], whole: number): Html {
  return renderTable<ProfileRow>({
    caption: { en: 'Time by layer and direction', ko: '층과 방향별 시간' },
    columns: [
      { head: { en: 'Item', ko: '항목' }, heading: true, value: ({ name }) => toText(name) },
      {
        head: { en: 'ms', ko: '밀리초' },
        numeric: true,
        value: ({ milliseconds }) => milliseconds.toFixed(3),
      },
      {
        head: { en: 'Share of the step', ko: '스텝 대비' },
        numeric: true,
        value: ({ milliseconds }) => formatPercent(milliseconds / whole, 1),
      },
      {
        head: { en: 'GFLOP/s a worker', ko: '워커당 GFLOP/s' },
        numeric: true,
        value: ({ gigaflops }) => (gigaflops === null ? '–' : gigaflops.toFixed(1)),
      },
    ],
    rows,
  });
}
