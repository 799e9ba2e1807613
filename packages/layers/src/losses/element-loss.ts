import { elementLossNames, type ElementLossName } from '@convbook/core/reference';
import { call, type Call } from '../calls/call.ts';
import type { LossPlaces } from './loss-kind.ts';

/** The kernel call of a loss that is a mean over classes; `delta` is Huber's. */
export function planElementLoss(name: ElementLossName, places: LossPlaces, delta = 0): Call {
  const kind = elementLossNames.indexOf(name);
  const { dX, x, labels, targets, classes, laneBytes, count, result } = places;
  return call('elementLoss', {
    dX,
    x,
    labels,
    targets,
    classes,
    laneBytes,
    count,
    kind,
    delta,
    result,
  });
}
