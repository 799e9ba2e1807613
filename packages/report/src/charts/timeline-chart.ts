import { highest } from '@convbook/core';
import { formatNumber, formatPercent, type Text } from '@convbook/page';
import { palette, schema, type BarWords, type Chart } from '@convbook/page/charts';
import { mostTimelineWorkers } from '@convbook/run';
import { endsShards, workOf, works, type Timeline, type Work } from '../analysis/worker-load.ts';

/** Heights in pixels: of a worker's row, and of the axis. */
const rowHeight = 38;
const axisHeight = 50;

/** Least part of the step that a shard's bar takes for its number to stand in it. */
const leastShare = 0.05;

/** The name of each kind of work, and its colour in charts. */
export const workKinds: Readonly<
  Record<Exclude<Work, 'waiting'>, { name: Text; color: 'blue' | 'orange' | 'green' }>
> = {
  shards: {
    name: { en: 'forward and backward of a shard', ko: '샤드의 순전파와 역전파' },
    color: 'blue',
  },
  sums: { name: { en: 'sum over shards', ko: '샤드의 합' }, color: 'orange' },
  updates: { name: { en: 'update', ko: '갱신' }, color: 'green' },
};

function barOf(work: Exclude<Work, 'waiting'>): BarWords {
  const { en, ko } = workKinds[work].name;
  const shard = work === 'shards' ? { en: ' {shard}', ko: ' {shard}' } : { en: '', ko: '' };
  return {
    at: { en: 'worker {worker}', ko: '워커 {worker}' },
    said: {
      en: `${en}${shard.en}: {took:number} ms, from {from:number} to {to:number}`,
      ko: `${ko}${shard.ko}: {took:number}밀리초, {from:number}부터 {to:number}까지`,
    },
  };
}

/** Who computed which shard, summed and updated in one step, and when. */
export function timelineChart({ step, milliseconds, spans }: Timeline): Chart {
  const recorded = 1 + highest(spans.map(({ worker }) => worker));
  const workers = Math.min(mostTimelineWorkers, recorded);
  const values = spans
    .filter(({ worker }) => worker < workers)
    .map(({ worker, phase, shard, from, to }) => ({
      from,
      to,
      shard: shard === null ? null : shard + 1,
      worker: worker + 1,
      took: to - from,
      // The end of a phase of shards adds up their results.
      work: shard === null && endsShards(phase) ? 'sums' : workOf(phase),
    }));
  const y = {
    field: 'worker',
    type: 'ordinal',
    title: null,
    axis: { domain: false, ticks: false },
    scale: { paddingInner: 0.3, paddingOuter: 0.15 },
  };
  const x = {
    field: 'from',
    type: 'quantitative',
    title: { en: 'milliseconds', ko: '밀리초' },
    scale: { domain: [0, milliseconds], nice: false },
    axis: { tickCount: 6 },
  };
  const bars = works
    .filter((work) => work !== 'waiting')
    .map((work) => ({
      bar: barOf(work),
      data: { values: values.filter((span) => span.work === work) },
      mark: { type: 'bar', color: palette[workKinds[work].color].light },
      encoding: { x, x2: { field: 'to' }, y },
    }));
  const numbers = {
    data: {
      values: values
        .filter(({ shard, from, to }) => shard !== null && to - from > leastShare * milliseconds)
        .map((span) => ({
          ...span,
          from: (span.from + span.to) / 2,
        })),
    },
    mark: { type: 'text', color: palette.onColor.light, fontSize: 11 },
    encoding: { x, y, text: { field: 'shard', type: 'nominal' } },
  };
  const busy = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  const share = formatPercent(busy / (milliseconds * recorded), 0);
  return {
    id: 'training-timeline',
    title: {
      en: `Step ${step}, worker by worker`,
      ko: `${step}스텝, 워커별`,
    },
    alt: {
      en: `Timeline of step ${step}, which took ${formatNumber(milliseconds)} ms: the workers were busy for ${share} of it and waited for the rest.`,
      ko: `${formatNumber(milliseconds)}밀리초 걸린 ${step}스텝의 시간표: 워커들은 그중 ${share} 동안 일하고 나머지는 기다렸습니다.`,
    },
    height: axisHeight + rowHeight * workers,
    spec: { $schema: schema, layer: [...bars, numbers] },
    readout: { place: { text: '#', format: 'number' }, format: 'number' },
  };
}
