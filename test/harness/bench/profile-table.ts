import { highest } from '@convbook/core';
import type { ProfiledDirection, StepProfile } from '@convbook/trainer';
import { percent } from './percent.ts';

type Row = readonly string[];

const head: Row = ['layer', 'direction', 'kernel', 'ms', '% of step', 'GFLOP/s', '% of peak'];
const textColumns = 3;

/** Where a step's time goes, as lines of text. */
export function profileTable(profile: StepProfile): string {
  const { model, workers, batchSize, shards, millisecondsPerStep, peakGigaflops } = profile;
  const perCore = (peakGigaflops / workers).toFixed(1);
  const count = `${workers} worker${workers === 1 ? '' : 's'}`;
  return [
    `${model}, ${count}, batch ${batchSize} in ${shards} shards: ` +
      `${millisecondsPerStep.toFixed(2)} ms a step; peak of WASM ${perCore} GFLOP/s a worker`,
    'Milliseconds are added up over workers; % is of workers × step.',
    ...align([head, ...toRows(profile)]),
  ].join('\n');
}

function toRows({
  directions,
  phases,
  workers,
  meanMilliseconds,
  peakGigaflops,
}: StepProfile): Row[] {
  const perWorker = peakGigaflops / workers;
  const whole = workers * meanMilliseconds;
  const timeRow = (layer: string, direction: string, kernel: string, milliseconds: number): Row => [
    ...[layer, direction, kernel, milliseconds.toFixed(3), percent(milliseconds / whole), '', ''],
  ];
  const directionRows = ({ layer, direction, milliseconds, flops, kernels }: ProfiledDirection) => {
    const gigaflops = flops / milliseconds / 1e6;
    const speed = flops > 0 ? [gigaflops.toFixed(1), percent(gigaflops / perWorker)] : ['', ''];
    const first = timeRow(
      layer,
      direction,
      kernels.length === 1 ? kernels[0].kernel : '',
      milliseconds,
    );
    return [
      [...first.slice(0, 5), ...speed],
      ...(kernels.length === 1
        ? []
        : kernels.map((one) => timeRow('', '', one.kernel, one.milliseconds))),
    ];
  };
  const of = (field: 'running' | 'ending' | 'waiting', name?: string) =>
    phases
      .flat()
      .filter(({ phase }) => name === undefined || phase === name)
      .reduce((sum, time) => sum + time[field], 0);
  const waits = phases[0]
    .filter(({ phase }) => of('running', phase) > 0)
    .map(({ phase }) => timeRow('waiting', phase, '', of('waiting', phase)));
  const summing = directions
    .filter(({ direction }) => direction === 'sum')
    .reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const known = of('running') + of('ending') + of('waiting');
  return [
    ...directions.flatMap(directionRows),
    timeRow('optimizer', 'update', '', of('running', 'update')),
    timeRow('ending phases', '', '', of('ending')),
    ...waits,
    timeRow('between phases and jobs', '', '', whole - known),
    timeRow('waiting and summing', '', '', of('waiting') + summing),
    timeRow('step', '', '', whole),
  ];
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
