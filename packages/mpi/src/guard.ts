// Ends all ranks where the main thread wants it, a rank is lost, or the launcher is gone.
import { writeSync } from 'node:fs';
import { nameOfRank } from '@convbook/trainer/ranks';
import type { Control } from './control.ts';
import type { Flight } from './exchange-loop.ts';
import type { Joined } from './join.ts';
import type { LastResort } from './koffi.ts';
import type { Mpi } from './mpi.ts';
import { lineOf } from './rank-lines.ts';
import { createSigns } from './signs.ts';
import { createWatch } from './watch.ts';

export interface GuardOptions extends Joined {
  readonly control: Control;
  /** Seconds. */
  readonly hangTimeout: number;
  /** How many requests this rank has begun. */
  readonly begun: () => number;
}

/** Ends the job where it must end; otherwise returns at once. */
export function createGuard(options: GuardOptions): (flights: readonly Flight[]) => void {
  const { mpi, lastResort, hosts, control, hangTimeout, begun } = options;
  const { rank, ranks } = mpi;
  const signs = createSigns(mpi, begun);
  const watch = createWatch({ rank, ranks, hangTimeout, signs });
  const clock = createClock();
  const hasLauncher = createLauncherWatch();
  const end = (exitCode: number, line?: string) => endAll(mpi, lastResort, exitCode, line);
  let reportedAt: number | null = null;
  return (flights) => {
    const now = clock();
    const wanted = control.wantedEnd();
    if (wanted !== 0) end(wanted);
    const line = signs.serve();
    if (line !== undefined) end(1, line);
    if (!hasLauncher(now)) {
      const name = nameOfRank(rank, hosts[rank]);
      end(1, `${name}: expected its launcher to last, got its end; go on with --resume`);
    }
    const verdict = watch.look(flights, now);
    if (!verdict) return;
    const found = lineOf(verdict, { hosts, hangTimeout, step: control.step() });
    if (verdict.teller === rank || now - (reportedAt ?? now) > tellingSeconds) end(1, found);
    if (reportedAt === null) signs.report(found, verdict.teller);
    reportedAt ??= now;
  };
}

// Enough for the rank that tells to end the job.
const tellingSeconds = 2;
// MPI_Abort ends all ranks in less than one.
const abortSeconds = 5;

/** Ends all ranks and this process. */
export function endAll(mpi: Mpi, lastResort: LastResort, exitCode: number, line?: string): void {
  if (line !== undefined) writeLine(line);
  lastResort.alarm(abortSeconds);
  mpi.abort(exitCode);
  lastResort.exit(exitCode);
}

const stderr = 2;

/** At once, from any thread; nothing where nobody reads any more. */
export function writeLine(line: string): void {
  try {
    writeSync(stderr, `${line}\n`);
  } catch {
    // The launcher is gone, or its pipe is full.
  }
}

/** Seconds in which this thread ran: it stands still while the process is stopped. */
function createClock(): () => number {
  const longestGap = 100;
  let last = performance.now();
  let milliseconds = 0;
  return () => {
    const now = performance.now();
    milliseconds += Math.min(now - last, longestGap);
    last = now;
    return milliseconds / 1000;
  };
}

/** A process whose parent has ended gets another. It asks once a second. */
function createLauncherWatch(): (now: number) => boolean {
  const parent = process.ppid;
  let asked = 0;
  return (now) => {
    if (now < asked + 1) return true;
    asked = now;
    return process.ppid === parent;
  };
}
