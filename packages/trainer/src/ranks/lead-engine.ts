// The engine of rank 0: before each job it tells the others what to do, and runs the job on its own engine.
import { createPosition } from '../engine/control/position.ts';
import type { Engine } from '../engine/engine.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { announceJob } from './jobs.ts';
import type { RankError } from './rank-error.ts';
import type { RankLink } from './rank-link.ts';
import { shareStop } from './share-stop.ts';
import { spreadState } from './spread-state.ts';
import { bytesOf, spreadBytes } from './tell.ts';
import { withStep } from './with-step.ts';

/** Hears of the jobs. */
export interface JobListener {
  /** A job has begun, or ended well on all ranks. */
  onBusy(isBusy: boolean): void;
  /** Another rank was told to end the run. */
  onInterrupted(reason: RankError): void;
}

export function createLeadEngine(
  engine: Engine,
  state: SharedState,
  link: RankLink,
  { onBusy, onInterrupted }: JobListener,
): Engine {
  const begin = createBeginning(link, state);
  const together = async <Result>(run: () => Promise<Result>) => {
    onBusy(true);
    const result = await withStep(link, state, run);
    onBusy(false);
    return result;
  };
  return {
    async train(from, to) {
      await begin();
      await announceJob(link, { kind: 'train', from, to });
      const outcome = await together(() => engine.train(from, to));
      const reason = await shareStop(link, undefined);
      if (reason !== null) onInterrupted(reason);
      return outcome;
    },
    async evaluate(set) {
      await begin();
      await announceJob(link, { kind: 'evaluate', set });
      await together(() => engine.evaluate(set));
    },
    pause: engine.pause,
    close: engine.close,
  };
}

/** Gives the others the state before the first job, and the order of each epoch before its first. */
function createBeginning(link: RankLink, state: SharedState): () => Promise<void> {
  const position = createPosition(state.control);
  const { order, statistics } = state;
  let hasState = false;
  let epoch = -1;
  return async () => {
    if (!hasState) {
      await announceJob(link, { kind: 'state' });
      await spreadState(link, state);
    }
    hasState = true;
    const stepsBefore = position.stepsBefore();
    if (stepsBefore === epoch) return;
    epoch = stepsBefore;
    const [batchesDone, [rateFactor]] = [position.batchesDone(), statistics.rateFactor];
    await announceJob(link, { kind: 'epoch', stepsBefore, batchesDone, rateFactor });
    await spreadBytes(link, bytesOf(order));
  };
}
