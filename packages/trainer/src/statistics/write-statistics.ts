import path from 'node:path';
import { runFiles, type ConfusionCount } from '@convbook/run';
import { layOutStatistics, statisticsName, writeFileAtomic } from '@convbook/run/writing';
import type { SharedState } from '../engine/shared-state.ts';
import { fingerprintFields } from '../run/fingerprint.ts';
import { countLayers, type CountedLayers } from './layer-statistics.ts';

/** The moment of training. */
interface Moment {
  readonly step: number;
  readonly epoch: number;
}

/** Writes what was counted at the end of an epoch. */
export async function writeStatistics(
  directory: string,
  state: SharedState,
  moment: Moment,
  counted: CountedLayers & { readonly confusion: readonly ConfusionCount[] | null },
): Promise<void> {
  const pieces = layOutStatistics({ ...moment, ...counted }, fingerprintFields(state));
  const file = path.join(directory, runFiles.snapshots, statisticsName(moment.step));
  await writeFileAtomic(file, pieces);
}

/** Counts and writes what the model is like before its first step. */
export async function writeFirstStatistics(directory: string, state: SharedState): Promise<void> {
  const counted = await countLayers(state);
  const moment = { step: 0, epoch: 0 };
  await writeStatistics(directory, state, moment, { ...counted, confusion: null });
}
