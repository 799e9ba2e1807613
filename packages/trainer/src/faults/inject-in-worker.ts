import type { PhaseName } from '../engine/phase-names.ts';
import type { InjectedWorkerFault } from './injected-faults.ts';

/** What crosses to the workers, only where a fault is injected. */
export interface WorkerInjection {
  readonly faults: readonly InjectedWorkerFault[];
  /** A word for each fault, 1 once it struck: a replay does not meet it again. */
  readonly struck: Int32Array;
}

/** Long enough for the other workers to do a whole phase. */
const sleepMilliseconds = 300;

export function createWorkerInjection(
  faults: readonly InjectedWorkerFault[],
): WorkerInjection | undefined {
  if (faults.length === 0) return undefined;
  return { faults, struck: new Int32Array(new SharedArrayBuffer(faults.length * 4)) };
}

/** Strikes if a fault is due for this worker as this phase of this step begins. */
export function strike(
  { faults, struck }: WorkerInjection,
  phase: PhaseName,
  step: number,
  worker: number,
): void {
  const due = faults.findIndex(
    (fault, at) =>
      struck[at] === 0 && fault.step === step && fault.worker === worker && fault.phase === phase,
  );
  if (due < 0) return;
  struck[due] = 1;
  const { kind } = faults[due];
  switch (kind) {
    case 'crash':
      throw new Error('injected crash');
    case 'exit':
      process.exit(7);
      break;
    case 'hang':
      sleep(Infinity);
      break;
    case 'sleep':
      sleep(sleepMilliseconds);
      break;
    case 'allocation':
      fillMemory();
      break;
    case 'SIGKILL':
    case 'SIGSTOP':
      process.kill(process.pid, kind);
      break;
    default:
      kind satisfies never;
  }
}

// The thread, that is, and not its event loop alone.
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

// Until the thread's heap is full and the thread ends.
function fillMemory(): never {
  for (const hoard: number[][] = []; ;) hoard.push(new Array<number>(100_000).fill(0.5));
}
