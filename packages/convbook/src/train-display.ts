// The display of a training while it runs: for a person on stderr, as events on stdout, in the browser.
import { printable } from '@convbook/core/checks';
import type { RunRecord } from '@convbook/run';
import type { MemoryEstimate, RunEvent, SessionOptions } from '@convbook/trainer';
import type { TrainOptions } from './begin-run.ts';
import { createDecodingProgress } from './decoding-progress.ts';
import { startLiveNotebook, type LiveNotebook } from './live-notebook.ts';
import { modelFileNote } from './model-file-note.ts';
import { createProgress, say, style, toProgressKind } from './progress.ts';
import { ranksText, startText } from './train-text.ts';

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
  let hasStarted = false;
  let live: LiveNotebook | null = null;
  const onStart = (record: RunRecord, directory: string, memory: MemoryEstimate) => {
    hasStarted = true;
    tell(startText(record, directory, memory));
    const note = modelFileNote(record, directory);
    if (note !== null) tell(style('yellow', printable(note)));
    if (options.live !== undefined) live = startLiveNotebook(directory, options.live);
    progress.start(record);
  };
  const onEvent = (event: RunEvent) => {
    const ranks = event.event === 'start' && event.stream === 'timing' ? ranksText(event) : null;
    if (ranks !== null) tell(printable(ranks));
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
      tell(style('yellow', interruptedText(signal, hasStarted)));
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
