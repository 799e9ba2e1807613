// Worker side: waits for a job, runs its phases with the other workers, reports its number.
import { availableParallelism } from 'node:os';
import type { MessagePort } from 'node:worker_threads';
import { strike, type WorkerInjection } from '../faults/inject-in-worker.ts';
import { createControl } from './control/control.ts';
import type { Job } from './control/jobs.ts';
import { createDeskExchange, type ExchangeDesk } from './exchange/exchange-desk.ts';
import type { PhaseName } from './phase-names.ts';
import { createPhaseRunner } from './phase-runner.ts';
import type { Phase } from './phases/phase.ts';
import { createPhases } from './phases/create-phases.ts';
import { recordSpans } from './observe/record-spans.ts';
import type { SharedState } from './shared-state.ts';
import { createWhereabouts } from './whereabouts.ts';
import { workerTimesNumbers } from './observe/worker-times.ts';

/** The task of one worker thread, which lasts until it is told to quit. */
export interface WorkerTask {
  readonly state: SharedState;
  readonly worker: number;
  readonly workers: number;
  readonly port: MessagePort;
  /** Where it asks for what crosses to other ranks; undefined where there are none. */
  readonly desk: ExchangeDesk | undefined;
  /** Only in tests. */
  readonly injection: WorkerInjection | undefined;
}

// Looks this often before it sleeps, about 13 µs: a phase that ends sooner is not slept through. Ten times
// as often gained nothing. With more workers than cores the sleeping ones free a core at once.
const mostLooks = 2000;

/** Runs the jobs of a training on this thread. */
export default function runWorker(task: WorkerTask): void {
  const { state, worker, workers, port } = task;
  const looks = workers > availableParallelism() ? 0 : mostLooks;
  const { jobs } = createControl(state.control, workers);
  const runJob = createJobRunner(task, looks);
  createWhereabouts(state.whereabouts, worker).wait();
  let number = 0;
  for (;;) {
    number = jobs.waitForNext(number, looks);
    const job = jobs.current();
    if (job.kind === 'quit') break;
    runJob(job);
    port.postMessage(number);
  }
  port.close();
}

type Work = Exclude<Job, { kind: 'quit' }>;

function createJobRunner(task: WorkerTask, looks: number): (job: Work) => void {
  const { state, worker, workers, desk } = task;
  const { position, barrier } = createControl(state.control, workers, looks);
  const phases = createPhases(state, worker, desk && createDeskExchange(desk));
  const runPhase = createPhaseRunner({
    barrier,
    looks,
    whereabouts: createWhereabouts(state.whereabouts, worker),
    times: state.workerTimes.subarray(worker * workerTimesNumbers),
    onEnter: createStrike(task),
  });
  const runStep = (batch: number) => {
    const step = recordSpans(state, position.stepOf(batch), worker, phases.step(batch));
    for (let at = 0; at < step.length && position.halted() === null; at++) {
      runPhase(step[at], earlyAfter(step, at));
    }
  };
  return (job) => {
    if (job.kind === 'evaluate') return runPhase(phases.evaluation(job.set), null);
    for (let batch = job.from; batch < job.to && position.halted() === null; batch++) {
      runStep(batch);
    }
  };
}

/** The later phase whose early items may run while phase `at` of a step has not ended. */
function earlyAfter(step: readonly Phase[], at: number): Phase | null {
  if (!step[at].admitsEarly) return null;
  return step.find(({ early }, later) => later > at && early !== null) ?? null;
}

/** Strikes with the faults that a test injects, as a phase begins. */
function createStrike({ state, worker, workers, injection }: WorkerTask) {
  if (injection === undefined) return () => undefined;
  const { position } = createControl(state.control, workers);
  return (phase: PhaseName) => {
    // The running step, from 1; an evaluation belongs to the step before.
    const step = position.stepsDone() + (phase === 'evaluation' ? 0 : 1);
    strike(injection, phase, step, worker);
  };
}
