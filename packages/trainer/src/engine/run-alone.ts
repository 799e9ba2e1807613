// The phases on one thread alone. They are run by a generator: whoever drives it may do something else
// after each item, and while a rank waits for others.
import { createControl } from './control/control.ts';
import type { Halt } from './control/position.ts';
import type { EvaluatedName } from './evaluated-sets.ts';
import { isComplete, type Exchange, type Ticket } from './exchange/exchange.ts';
import { createPhases } from './phases/create-phases.ts';
import type { Phase } from './phases/phase.ts';
import type { SharedState } from './shared-state.ts';

export interface LoneWorker {
  /** Trains batches `from` to `to` (exclusive) of the epoch whose order is set, or until it halts. */
  train(from: number, to: number): Generator<void, { batch: number; halt: Halt | null }>;
  evaluate(set: EvaluatedName): Generator<void, void>;
  pause(): void;
}

/** With an exchange it is one of several ranks; default the only one. */
export function createLoneWorker(state: SharedState, exchange?: Exchange): LoneWorker {
  const { position } = createControl(state.control, 1);
  const phases = createPhases(state, 0, exchange);
  return {
    *train(from, to) {
      position.beginJob();
      position.beginBatches(from);
      for (let batch = from; batch < to && position.halted() === null; batch++) {
        for (const phase of phases.step(batch)) {
          if (position.halted() === null) yield* runPhase(phase);
        }
      }
      return { batch: position.batchesDone(), halt: position.halted() };
    },
    evaluate: (set) => runPhase(phases.evaluation(set)),
    pause: position.pause,
  };
}

function* runPhase(phase: Phase): Generator<void, void> {
  for (let item = 0; item < phase.items; item++) {
    phase.run(item);
    yield;
  }
  for (let ticket; (ticket = phase.started?.oldest());) {
    yield* awaitAll([ticket]);
    phase.started?.settleOldest();
  }
  yield* awaitAll(phase.cross());
  phase.end();
}

function* awaitAll(tickets: readonly Ticket[]): Generator<void, void> {
  for (const ticket of tickets) while (!isComplete(ticket)) yield;
}
