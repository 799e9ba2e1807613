import { cosine, plateau, warmUp, type ScheduleSpec } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { toConfiguration } from '../settings/configuration.ts';
import { firstWatch, isOver, watchLoss } from './watch.ts';

const configurationOf = (schedule: ScheduleSpec) =>
  toConfiguration({ schedule, validation: 5 }, 10);

function after(losses: readonly number[], schedule: ScheduleSpec) {
  return losses.reduce(
    (before, loss) => watchLoss(before, loss, configurationOf(schedule)),
    firstWatch,
  );
}

describe('what validation losses decide', () => {
  test.each<[number[], object]>([
    [[], { bestLoss: Infinity, staleEpochs: 0, waitedEpochs: 0, rateFactor: 1 }],
    [[3, 2], { bestLoss: 2, staleEpochs: 0, waitedEpochs: 0, rateFactor: 1 }],
    [[3, 2, 2], { bestLoss: 2, staleEpochs: 1, waitedEpochs: 1, rateFactor: 1 }],
    [[2, 3, 3], { bestLoss: 2, staleEpochs: 2, waitedEpochs: 0, rateFactor: 0.25 }],
    [[2, 3, 3, 3], { bestLoss: 2, staleEpochs: 3, waitedEpochs: 1, rateFactor: 0.25 }],
    [[2, 3, 3, 3, 3], { bestLoss: 2, staleEpochs: 4, waitedEpochs: 0, rateFactor: 0.0625 }],
    [[2, 3, 3, 1], { bestLoss: 1, staleEpochs: 0, waitedEpochs: 0, rateFactor: 0.25 }],
  ])('a plateau of 2 epochs and ¼ after %j', (losses, want) => {
    const falling = plateau({ wait: 2, factor: 0.25 });
    expect(after(losses, falling)).toEqual(want);
    expect(after(losses, warmUp({ then: falling }))).toEqual(want);
  });

  test('other schedules keep their rate', () => {
    expect(after([2, 3, 3, 3, 3], cosine())).toMatchObject({ staleEpochs: 4, rateFactor: 1 });
  });

  test.each([
    [{ epoch: 8, staleEpochs: 100 }, null, false],
    [{ epoch: 9, staleEpochs: 0 }, null, true],
    [{ epoch: 5, staleEpochs: 2 }, 3, false],
    [{ epoch: 5, staleEpochs: 3 }, 3, true],
  ])('%j with patience %j is over: %s', (cursor, patience, want) => {
    expect(isOver(cursor, { ...configurationOf(cosine()), patience })).toBe(want);
  });
});
