// The same phases on the calling thread, no Worker created: what the parallel engine is tested
// against.
import type { Engine } from './engine.ts';
import type { Exchange } from './exchange/exchange.ts';
import { createGiveWay } from './give-way.ts';
import { createLoneWorker } from './run-alone.ts';
import type { SharedState } from './shared-state.ts';

/** With an exchange it is one of several ranks; default the only one. */
export function createSequentialEngine(state: SharedState, exchange?: Exchange): Engine {
  const worker = createLoneWorker(state, exchange);
  const giveWay = createGiveWay();
  const drive = async <Result>(work: Generator<void, Result>): Promise<Result> => {
    for (;;) {
      const next = work.next();
      if (next.done === true) return next.value;
      await giveWay();
    }
  };
  return {
    train: (from, to) => drive(worker.train(from, to)),
    evaluate: (set) => drive(worker.evaluate(set)),
    pause: worker.pause,
    async close() {
      // Nothing was started.
    },
  };
}
