import { elementLossNames, type ElementLossName } from '@convbook/core';
import { call, type Call } from '../calls/place.ts';
import { leadingValues, type LossPlaces } from './loss-kind.ts';

/** The kernel call of a loss that is a mean over classes; `delta` is Huber's. */
export function planElementLoss(name: ElementLossName, places: LossPlaces, delta = 0): Call {
  const kind = elementLossNames.indexOf(name);
  return call('elementLoss', ...leadingValues(places), kind, delta, places.result);
}
