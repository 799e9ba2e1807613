// The main thread ends all ranks: on purpose, or because its process ends before the ranks part.
import type { Control } from './control.ts';
import { writeLine } from './guard.ts';
import type { LastResort } from './koffi.ts';
import { words } from './mpi.ts';

export interface RankEnd {
  /** Writes the line, and makes the exchanging thread end all ranks. */
  abort(line: string, exitCode: number): Promise<never>;
  /** The exchanging thread has ended too early, as where memory is short. */
  lose(): void;
  /** From now on the process may end without the others. */
  release(): void;
}

export interface RankEndOptions {
  readonly control: Control;
  /** On this word the exchanging thread sleeps. */
  readonly requests: Int32Array;
  readonly lastResort: LastResort;
  /** `rank 1 (host b)` */
  readonly name: string;
}

// Seconds for MPI_Abort; then the process ends without it.
const abortSeconds = 5;

export function createRankEnd({ control, requests, lastResort, name }: RankEndOptions): RankEnd {
  const want = (exitCode: number) => {
    lastResort.alarm(abortSeconds);
    control.wantEnd(exitCode);
    Atomics.notify(requests, 0);
  };
  /** Node would wait for the thread, which may be inside MPI, and the others for this rank. */
  const onExit = (exitCode: number) => {
    if (exitCode === 0) {
      writeLine(
        `${name}: expected to end together with the other ranks, got exit code 0 before them; go on with --resume`,
      );
    }
    if (control.wantedEnd() === 0) want(exitCode === 0 ? 1 : exitCode);
    Atomics.wait(words(1), 0, 0, 1000 * abortSeconds);
  };
  /** Node writes an uncaught error after the event 'exit', when MPI_Abort has ended it already. */
  const onError = (error: unknown) => writeLine(`${name}: ${textOf(error)}`);
  process.on('exit', onExit);
  process.on('uncaughtExceptionMonitor', onError);
  return {
    abort(line, exitCode) {
      writeLine(line);
      want(exitCode === 0 ? 1 : exitCode);
      return new Promise<never>(() => undefined);
    },
    lose() {
      writeLine(
        `${name}: expected the thread that exchanges to last, got its end; go on with --resume`,
      );
      lastResort.exit(1);
    },
    release: () => void process.off('exit', onExit).off('uncaughtExceptionMonitor', onError),
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
