import { shuffle } from '@convbook/core';
import type { SharedState } from './shared-state.ts';

/** Puts the training samples into the order of an epoch. */
export function orderSamples(
  { plan, order, train }: Pick<SharedState, 'plan' | 'order' | 'train'>,
  epoch: number,
): void {
  const { configuration, trainSamples } = plan;
  const places = shuffle(configuration.seed, epoch, trainSamples);
  places.forEach((place, n) => {
    order[n] = train.indexes[place];
  });
}
