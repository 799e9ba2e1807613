// The display of a training while it runs: for a person on stderr, as events on stdout, in the browser.
import { printable } from '@convbook/core/checks';
import type { RunRecord } from '@convbook/run';
import type { MemoryEstimate, RunEvent, SessionOptions } from '@convbook/trainer';
import type { TrainOptions } from './begin-run.ts';
import { createDecodingProgress } from './decoding-progress.ts';
import { startLiveNotebook, type LiveNotebook } from './live-notebook.ts';
import { modelFileNote } from './model-file-note.ts';
import { createProgress, say, style, toProgressKind } from './progress.ts';
import { idleRanksText, ranksText, startText } from './train-text.ts';

/** The display of one training. */
export interface TrainDisplay {
  readonly listeners: Pick<SessionOptions, 'onStart' | 'onEvent' | 'onWarning'>;
  /** Says a line, unless the user wants none. */
  tell(line: string): void;
  onDecoded(done: number, total: number): void;
  onInterrupted(signal: string): void;
  /** Takes what moves off the terminal. */
  stop(): void;
  /** Resolves when open pages have what was trained. */
  finishLive(): Promise<void>;
  /** Stops everything. */
  end(): void;
}

export async function createTrainDisplay(options: TrainOptions): Promise<TrainDisplay> {
  const kind = toProgressKind(options.progress);
  const progress = await createProgress(kind);
  const decoding = await createDecodingProgress(kind);
  const tell = options.progress === 'none' ? () => undefined : say;
  let record: RunRecord | null = null;
  let live: LiveNotebook | null = null;
  const onStart = (begun: RunRecord, directory: string, memory: MemoryEstimate) => {
    record = begun;
    tell(startText(begun, directory, memory));
    const note = modelFileNote(begun, directory);
    if (note !== null) tell(style('yellow', printable(note)));
    if (options.live !== undefined) live = startLiveNotebook(directory, options.live);
    progress.start(begun);
  };
  const tellRanks = (event: Extract<RunEvent, { event: 'start'; stream: 'timing' }>) => {
    const ranks = ranksText(event);
    if (ranks !== null) tell(printable(ranks));
    const idle = record && idleRanksText(record, event);
    if (idle !== null) tell(style('yellow', idle));
  };
  const onEvent = (event: RunEvent) => {
    if (event.event === 'start' && event.stream === 'timing') tellRanks(event);
    if (options.json) process.stdout.write(`${JSON.stringify(event)}\n`);
    progress.event(event);
  };
  const stop = () => {
    progress.stop();
    decoding.stop();
  };
  return {
    listeners: {
      onStart,
      onEvent,
      onWarning: (text) => say(style('yellow', `warning: ${printable(text)}`)),
    },
    tell,
    onDecoded: decoding.update,
    onInterrupted(signal) {
      stop();
      tell(style('yellow', interruptedText(signal, record !== null)));
    },
    stop,
    finishLive: async () => live?.finish(),
    end() {
      stop();
      live?.end();
    },
  };
}

function interruptedText(signal: string, hasStarted: boolean): string {
  return hasStarted
    ? `got ${signal}: finishing the step, then saving`
    : `got ${signal} before the first step`;
}
