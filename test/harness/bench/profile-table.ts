import { highest } from '@convbook/core';
import type { ProfiledDirection, StepProfile } from '@convbook/trainer/benchmark';
import { percent } from './percent.ts';
import { kernelsOf } from './steps-table.ts';

type Row = readonly string[];

const head: Row = ['layer', 'direction', 'kernel', 'ms', '% of step', 'GFLOP/s', '% of peak'];
const textColumns = 3;

/** Where a step's time goes, as lines of text. */
export function profileTable(profile: StepProfile): string {
  const { model, workers, batchSize, shards, millisecondsPerStep, node } = profile;
  const count = `${workers} worker${workers === 1 ? '' : 's'}`;
  return [
    `${model}, ${count}, batch ${batchSize} in ${shards} shards: ` +
      `${millisecondsPerStep.toFixed(2)} ms a step; Node ${node}, ${kernelsOf(profile)} kernels; ${peakOf(profile)}`,
    'Milliseconds are added up over workers; % is of workers × step. GFLOP/s counts the operations of the plain ' +
      'algorithm: kernels that save multiplications can pass the peak.',
    ...align([head, ...toRows(profile)]),
  ].join('\n');
}

function peakOf({ peakGigaflops, workers }: StepProfile): string {
  return peakGigaflops === null
    ? 'no peak of WASM: other processes kept the machine busy'
    : `peak of WASM ${(peakGigaflops / workers).toFixed(1)} GFLOP/s a worker`;
}

function toRows(profile: StepProfile): Row[] {
  const { directions, phases, workers, meanMilliseconds } = profile;
  const whole = workers * meanMilliseconds;
  const of = (field: PhaseField, name?: string) => milliseconds(phases.flat(), field, name);
  const known = of('running') + of('ending') + of('waiting');
  const summing = sum(directions.filter(({ direction }) => direction === 'sum'));
  const waits = phases[0]
    .filter(({ phase }) => of('running', phase) > 0)
    .map(({ phase }) => timeRow(whole, 'waiting', phase, '', of('waiting', phase)));
  return [
    ...directions.flatMap((direction) => directionRows(profile, direction)),
    timeRow(whole, 'optimizer', 'update', '', of('running', 'update')),
    timeRow(whole, 'ending phases', '', '', of('ending')),
    ...waits,
    timeRow(whole, 'between phases and jobs', '', '', whole - known),
    timeRow(whole, 'waiting and summing', '', '', of('waiting') + summing),
    timeRow(whole, 'step', '', '', whole),
  ];
}

/** A direction of a layer with its speed, followed by its kernels where it has several. */
function directionRows(
  { workers, meanMilliseconds, peakGigaflops }: StepProfile,
  { layer, direction, milliseconds, flops, kernels }: ProfiledDirection,
): Row[] {
  const whole = workers * meanMilliseconds;
  const gigaflops = flops / milliseconds / 1e6;
  const ofPeak = peakGigaflops === null ? '–' : percent(gigaflops / (peakGigaflops / workers));
  const speed = flops > 0 ? [gigaflops.toFixed(1), ofPeak] : noSpeed;
  if (kernels.length === 1) {
    return [timeRow(whole, layer, direction, kernels[0].kernel, milliseconds, speed)];
  }
  return [
    timeRow(whole, layer, direction, '', milliseconds, speed),
    ...kernels.map((one) => timeRow(whole, '', '', one.kernel, one.milliseconds)),
  ];
}

const noSpeed: Row = ['', ''];

function timeRow(
  whole: number,
  layer: string,
  direction: string,
  kernel: string,
  time: number,
  speed = noSpeed,
): Row {
  return [layer, direction, kernel, time.toFixed(3), percent(time / whole), ...speed];
}

type PhaseField = 'running' | 'ending' | 'waiting';
type PhaseTime = StepProfile['phases'][number][number];

/** Milliseconds of all workers in the phases of a name, or in all. */
function milliseconds(times: readonly PhaseTime[], field: PhaseField, name?: string): number {
  return times
    .filter(({ phase }) => name === undefined || phase === name)
    .reduce((total, time) => total + time[field], 0);
}

function sum(directions: readonly ProfiledDirection[]): number {
  return directions.reduce((total, { milliseconds }) => total + milliseconds, 0);
}

function align(rows: readonly Row[]): string[] {
  const widths = head.map((_, column) => highest(rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((text, column) =>
        column < textColumns ? text.padEnd(widths[column]) : text.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
}
