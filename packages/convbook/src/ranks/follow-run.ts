// The command on ranks other than 0: it reads this host's copy of the data, and says nothing.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasHashes, type Dataset } from '@convbook/data';
import type { RunRecord } from '@convbook/run';
import { follow, startWorkers } from '@convbook/trainer';
import { usefulWorkers } from '@convbook/trainer/settings';
import { chooseRun, settingsOf, type Reading, type TrainOptions } from '../begin-run.ts';
import { reportsFolder, typedIn } from '../places.ts';
import { recordedData } from '../recorded-data.ts';
import { listenForInterruption } from '../signals.ts';
import { leaveAll, type RankPart } from './as-rank.ts';

const silent = () => undefined;

/** Trains what rank 0 trains, to its end. */
export async function followRun(
  options: TrainOptions,
  { link, begin }: RankPart,
  workers: number,
): Promise<void> {
  const { requeue, stream, injectFault } = options;
  const interruption = listenForInterruption(silent, { requeue, leave: leaveAll(link) });
  const startedWorkers = startWorkers(usefulWorkers(workers));
  const { signal } = interruption;
  const reading = { tell: silent, onProgress: silent, signal, stream };
  try {
    const chosen = await chooseOwn(options, reading);
    begin();
    const means = { link, workers, signal, startedWorkers, injectFault };
    await follow({ ...settingsOf(options), ...chosen, ...means });
  } finally {
    interruption.dispose();
    await startedWorkers.close();
  }
}

/** This rank's own model and data, where it needs them: rank 0 tells the model of a resumed run, and may give its data. */
async function chooseOwn(options: TrainOptions, reading: Reading) {
  if (options.dataFrom === 'rank0') return { model: undefined, data: undefined };
  const { model, data } = options.resume
    ? { model: undefined, data: undefined }
    : await chooseRun(options, reading);
  const chooseData = (recorded: RunRecord['data']): Dataset | Promise<Dataset> => {
    // Begun by the same command, which now goes on with it.
    if (data && hasHashes(data, recorded.sha256)) return data;
    const places = { directory: runFolder(options), data: options.data, ...reading };
    return recordedData(recorded, places);
  };
  return { model, data, chooseData };
}

/** Where the run would lie if this host had the disk of rank 0. */
function runFolder({ resume = '', out = resume }: TrainOptions): string {
  const named = resolve(reportsFolder, out);
  return existsSync(named) ? named : resolve(typedIn, out);
}
