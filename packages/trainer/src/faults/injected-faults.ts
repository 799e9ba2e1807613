// What `--inject-fault` takes, for tests of what happens when something fails: docs/promises.md.
import { ConfigurationError } from '@convbook/core';
import type { PhaseName } from '../engine/phase-names.ts';

/**
 * A worker that throws, ends its thread, stands still, fills its memory, is late, or kills or stops its
 * process, as a phase begins.
 */
export interface InjectedWorkerFault {
  readonly kind: 'crash' | 'exit' | 'hang' | 'allocation' | 'sleep' | 'SIGKILL' | 'SIGSTOP';
  /** From 1. */
  readonly step: number;
  /** From 0. */
  readonly worker: number;
  /** Of the step; `evaluation` is what follows it. */
  readonly phase: PhaseName;
}

/** A file system that refuses, or a process that is killed, while a checkpoint is written. */
export interface InjectedCheckpointFault {
  readonly kind: 'ENOSPC' | 'EACCES' | 'SIGKILL';
  /** Which checkpoint of this process, from 1. */
  readonly checkpoint: number;
  /** Before which of the `fileCalls`, from 1; one more is after the last. */
  readonly call: number;
}

export interface InjectedFaults {
  readonly workers: readonly InjectedWorkerFault[];
  readonly checkpoints: readonly InjectedCheckpointFault[];
}

const workerFault =
  /^(crash|exit|hang|allocation|sleep|SIGKILL|SIGSTOP)@step:([1-9]\d{0,8}),worker:(\d{1,3})(?:,phase:(\w+))?(?:,rank:(\d{1,5}))?$/;
const checkpointFault = /^(ENOSPC|EACCES)@checkpoint:([1-9]\d{0,8})$/;
const killed = /^SIGKILL@checkpoint:([1-9]\d{0,8}),call:([1-7])$/;

const phases: Readonly<Record<string, PhaseName>> = {
  prepare: 'prepare',
  forward: 'forward and backward',
  sum: 'sum over shards',
  ratios: 'trust ratios',
  update: 'update',
  evaluation: 'evaluation',
};

// Where the system says so: opening a file, or writing to it.
const callOf = { EACCES: 1, ENOSPC: 2 } as const;

/**
 * The faults of several `--inject-fault` that strike a rank; a run without any has none. Those that name
 * no rank strike rank 0, which alone writes checkpoints.
 *
 * @throws ConfigurationError for one that is malformed, or of a worker there is not.
 */
export function toInjectedFaults(
  texts: readonly string[],
  workers: number,
  ownRank = 0,
): InjectedFaults {
  const faults = {
    workers: [] as InjectedWorkerFault[],
    checkpoints: [] as InjectedCheckpointFault[],
  };
  for (const text of texts) {
    const ofWorker = workerFault.exec(text);
    const ofCheckpoint = checkpointFault.exec(text);
    const ofProcess = killed.exec(text);
    if (ofWorker) {
      const [kind, step, worker, phase = 'forward', rank = '0'] = ofWorker.slice(1);
      if (!Object.hasOwn(phases, phase)) throw malformed(text);
      if (Number(rank) !== ownRank) continue;
      if (Number(worker) >= workers) throw noSuchWorker(text, workers);
      faults.workers.push({
        kind: kind as InjectedWorkerFault['kind'],
        step: Number(step),
        worker: Number(worker),
        phase: phases[phase],
      });
    } else if (ofCheckpoint) {
      const kind = ofCheckpoint[1] as keyof typeof callOf;
      faults.checkpoints.push({ kind, checkpoint: Number(ofCheckpoint[2]), call: callOf[kind] });
    } else if (ofProcess) {
      const [checkpoint, call] = ofProcess.slice(1).map(Number);
      faults.checkpoints.push({ kind: 'SIGKILL', checkpoint, call });
    } else throw malformed(text);
  }
  return faults;
}

function noSuchWorker(text: string, workers: number): ConfigurationError {
  return new ConfigurationError(
    `--inject-fault: expected a worker below ${workers}, the --workers there are, ` +
      `got ${JSON.stringify(text)}`,
  );
}

function malformed(text: string): ConfigurationError {
  return new ConfigurationError(
    '--inject-fault: expected crash, exit, hang, allocation, sleep, SIGKILL or ' +
      'SIGSTOP@step:N,worker:W[,phase:P][,rank:R] with P forward, sum, update or evaluation, ' +
      'ENOSPC or EACCES@checkpoint:K, or SIGKILL@checkpoint:K,call:J with J from 1 to 7, ' +
      `got ${JSON.stringify(text)}`,
  );
}
