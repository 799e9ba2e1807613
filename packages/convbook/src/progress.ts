// Shows the progress of a run on stderr: a live line, plain lines, or nothing.
import { styleText } from 'node:util';
import type { RunRecord } from '@convbook/run';
import { printable } from '@convbook/core/checks';
import type { RunEvent } from '@convbook/trainer';

/** A bar for a terminal, plain lines, or nothing. */
export type ProgressKind = 'bar' | 'plain' | 'none';

/** The display of a training while it runs. */
export interface Progress {
  start(record: RunRecord): void;
  event(event: RunEvent): void;
  stop(): void;
}

/** Styles text for stderr; `NO_COLOR`, `FORCE_COLOR` and a stream that is no terminal are respected. */
export function style(format: 'bold' | 'dim' | 'green' | 'yellow', text: string): string {
  return styleText(format, text, { stream: process.stderr });
}

/** Writes a line for a person, to stderr. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Resolves `auto`: a live line on a terminal, else plain lines. */
export function toProgressKind(choice: string): ProgressKind {
  if (choice !== 'auto') return choice as ProgressKind;
  const isTerminal = process.stderr.isTTY && !process.env.CI && process.env.TERM !== 'dumb';
  return isTerminal ? 'bar' : 'plain';
}

/** A fraction from 0 to 1 as `98.99%`. */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)}%`;
}

/** A whole number with a comma before each three digits; `toLocaleString` takes 10 ms when first called. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 worker`, `2 workers`. */
export function plural(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** Shows how a training gets on, on stderr. */
export async function createProgress(kind: ProgressKind): Promise<Progress> {
  const silent = () => undefined;
  if (kind === 'none') return { start: silent, event: silent, stop: silent };
  return kind === 'bar' ? createBar() : createPlain();
}

interface Running {
  steps: number;
  epochs: number;
  epoch: number;
  step: number;
  loss: number;
  correct: number;
  samples: number;
  imagesPerSecond: number;
}

// Keeps the numbers that the lines show; sums restart with each epoch.
function createRunning() {
  const running: Running = {
    steps: 0,
    epochs: 0,
    epoch: 0,
    step: 0,
    loss: 0,
    correct: 0,
    samples: 0,
    imagesPerSecond: 0,
  };
  const update = (event: RunEvent) => {
    if (event.stream === 'timing' && event.event === 'progress') {
      running.imagesPerSecond = event.imagesPerSecond;
    }
    if (event.event === 'fault') {
      [running.step, running.correct, running.samples] = [event.restoredStep, 0, 0];
    }
    if (event.stream !== 'metrics' || event.event !== 'step') return;
    if (event.epoch !== running.epoch) [running.correct, running.samples] = [0, 0];
    running.epoch = event.epoch;
    running.step = event.step;
    running.loss = event.loss;
    running.correct += event.correct;
    running.samples += event.samples;
  };
  return { running, update };
}

function epochLine(
  event: Extract<RunEvent, { event: 'epoch'; stream: 'metrics' }>,
  epochs: number,
) {
  const { epoch, trainLoss, trainAccuracy, testAccuracy, validationAccuracy } = event;
  return [
    style('bold', `epoch ${epoch}/${epochs}`),
    `train loss ${trainLoss.toFixed(4)}`,
    `train accuracy ${percent(trainAccuracy)}`,
    ...(validationAccuracy === undefined
      ? []
      : [`validation accuracy ${percent(validationAccuracy)}`]),
    style('green', `test accuracy ${percent(testAccuracy)}`),
  ].join(' · ');
}

function faultLine({ message, restoredStep }: Extract<RunEvent, { event: 'fault' }>): string {
  const from = restoredStep === 0 ? 'the beginning' : `the checkpoint of step ${restoredStep}`;
  return style('yellow', `${printable(message)}: new workers go on from ${from}`);
}

function statusLine({ epoch, epochs, step, steps, loss, correct, samples, ...rest }: Running) {
  return [
    `epoch ${epoch}/${epochs}`,
    `step ${step}/${steps}`,
    `loss ${loss.toFixed(4)}`,
    `accuracy ${percent(correct / Math.max(1, samples))}`,
    `${count(rest.imagesPerSecond)} images/s`,
  ].join(' · ');
}

function secondsLeft({ steps, step, imagesPerSecond, samples }: Running, batchSize: number) {
  if (imagesPerSecond === 0 || samples === 0) return '';
  return ` · ${count(((steps - step) * batchSize) / imagesPerSecond)} s left`;
}

/** Most runs have no terminal: they do not load what draws bars. */
export async function loadBars() {
  return (await import('cli-progress')).default;
}

/** How every bar looks. */
export const barOptions = {
  barsize: 16,
  hideCursor: true,
  clearOnComplete: true,
  linewrap: false,
  // Ctrl+C is handled elsewhere: the step finishes first.
  gracefulExit: false,
  stream: process.stderr,
  // The first step is seen soon; a line that has not changed is not written.
  fps: 30,
  barCompleteChar: '━',
  barIncompleteChar: '·',
};

async function createBar(): Promise<Progress> {
  const { SingleBar } = await loadBars();
  const { running, update } = createRunning();
  let batchSize = 1;
  const bar = new SingleBar({
    ...barOptions,
    format: '{bar} {line}',
  });
  let steps = 0;
  const begin = () => bar.start(steps, running.step, { line: 'starting' });
  return {
    start({ configuration, data }) {
      batchSize = configuration.batchSize;
      running.epochs = configuration.epochs;
      steps = Math.ceil(data.trainSamples / batchSize) * configuration.epochs;
      running.steps = steps;
      begin();
    },
    event(event) {
      update(event);
      if (event.event === 'step' || event.event === 'progress') {
        const line = statusLine(running) + secondsLeft(running, batchSize);
        bar.update(running.step, { line });
      } else if (event.event === 'epoch' && event.stream === 'metrics') {
        bar.stop();
        say(epochLine(event, running.epochs));
        if (running.step < steps) begin();
      } else if (event.event === 'fault') {
        bar.stop();
        say(faultLine(event));
        begin();
      }
    },
    stop: () => bar.stop(),
  };
}

// At most one line in this many milliseconds, and one per epoch.
const plainEvery = 10_000;

function createPlain(): Progress {
  const { running, update } = createRunning();
  let batchSize = 1;
  let saidAt = 0;
  return {
    start({ configuration, data }) {
      batchSize = configuration.batchSize;
      running.epochs = configuration.epochs;
      running.steps = Math.ceil(data.trainSamples / batchSize) * configuration.epochs;
    },
    event(event) {
      update(event);
      if (event.event === 'epoch' && event.stream === 'metrics') {
        say(epochLine(event, running.epochs));
        saidAt = performance.now();
      } else if (event.event === 'fault') {
        say(faultLine(event));
      } else if (event.event === 'progress' && running.samples > 0) {
        if (saidAt > 0 && performance.now() - saidAt < plainEvery) return;
        saidAt = performance.now();
        say(statusLine(running) + secondsLeft(running, batchSize));
      }
    },
    stop: () => undefined,
  };
}
