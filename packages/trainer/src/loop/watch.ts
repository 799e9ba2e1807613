// Decides by the validation loss after each epoch: a pure function of the losses so far.
import type { Configuration } from '@convbook/run';
import { plateauOf } from '../schedule.ts';

/** Kept in checkpoints. */
export interface Watch {
  /** Lowest validation loss so far. */
  readonly bestLoss: number;
  /** Epochs in a row without a lower one. */
  readonly staleEpochs: number;
  /** Those of them since the plateau last lowered the rate. */
  readonly waitedEpochs: number;
  /** Factor of the learning rate, by the plateau. */
  readonly rateFactor: number;
}

/** Before the first epoch. */
export const firstWatch: Watch = {
  bestLoss: Infinity,
  staleEpochs: 0,
  waitedEpochs: 0,
  rateFactor: 1,
};

/** After an epoch with the validation loss `loss`. */
export function watchLoss(before: Watch, loss: number, { schedule }: Configuration): Watch {
  const { bestLoss, rateFactor } = before;
  if (loss < bestLoss) return { bestLoss: loss, staleEpochs: 0, waitedEpochs: 0, rateFactor };
  const staleEpochs = before.staleEpochs + 1;
  const waitedEpochs = before.waitedEpochs + 1;
  const plateau = plateauOf(schedule);
  return plateau !== null && waitedEpochs >= plateau.wait
    ? { bestLoss, staleEpochs, waitedEpochs: 0, rateFactor: rateFactor * plateau.factor }
    : { bestLoss, staleEpochs, waitedEpochs, rateFactor };
}

/** Whether the run has had its epochs, or its patience has ended. */
export function isOver(
  { epoch, staleEpochs }: { epoch: number; staleEpochs: number },
  { epochs, patience }: Configuration,
): boolean {
  return epoch > epochs || (patience !== null && staleEpochs >= patience);
}
