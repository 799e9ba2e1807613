// What `pnpm train` trains: a new run, or one that goes on.
import { resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import type { PictureSettings } from '@convbook/data/folder';
import { readRecord, resolveRun, type MachineSettings, type TrainingSettings } from '@convbook/run';
import { checkRunDirectory } from '@convbook/run/writing';
import { resume, train, type SessionOptions } from '@convbook/trainer';
import { checkSettings, toRecipe } from '@convbook/trainer/settings';
import {
  chooseData,
  chooseModel,
  defaultDataName,
  fitOf,
  isPicturesPath,
  usualPreset,
  type Fit,
} from './choose.ts';
import { reportsFolder, typedIn } from './command.ts';
import { fitModel } from './fit-model.ts';
import { givenFlags } from './picture-flags.ts';
import { toPictureSettings, type PictureOptions } from './picture-options.ts';
import { say } from './progress.ts';
import { recordedData, type DataPlaces } from './recorded-data.ts';

/** The options of `pnpm train`. */
export interface TrainOptions extends TrainingSettings, MachineSettings, PictureOptions {
  model?: string;
  data?: string;
  transpose?: true;
  stream?: true;
  from?: string;
  dropDuplicates?: true;
  out?: string;
  resume?: string;
  takeOver?: true;
  injectFault?: string[];
  json?: true;
  live?: number | true;
  progress: string;
}

/** What hears of the data set while it is read. */
type Reading = Pick<DataPlaces, 'tell' | 'onProgress' | 'signal' | 'stream'>;

/** The run directory that `--resume` names; throws ConfigurationError for options that a resume does not take. */
function findRun({
  resume: run = '',
  from,
  out,
  transpose,
  dropDuplicates,
  ...options
}: TrainOptions): string {
  const [flag] = [
    ...(transpose ? ['--transpose'] : []),
    ...(dropDuplicates ? ['--drop-duplicates'] : []),
    ...givenFlags(toPictureSettings(options)),
  ];
  if (flag !== undefined) {
    throw new ConfigurationError(
      `${flag}: expected none with --resume, which reads the data as the run did; leave it out`,
    );
  }
  if (from !== undefined) {
    throw new ConfigurationError(
      '--from: expected none with --resume, which goes on with the run’s own parameters; leave it out',
    );
  }
  if (out !== undefined) {
    throw new ConfigurationError(
      `--out: expected none with --resume, which goes on in the run itself, got ${JSON.stringify(out)}; leave it out`,
    );
  }
  return resolveRun(run, { from: typedIn, reports: reportsFolder });
}

/** Goes on with the run that `--resume` names. */
export async function resumeRun(options: TrainOptions, session: SessionOptions, reading: Reading) {
  const { model: name, data, ...settings } = options;
  const directory = findRun(options);
  const fitted = async (name: string) =>
    fitModel(name, (await chooseModel(name)).model, readRecord(directory).data, () => undefined);
  return resume(directory, {
    ...settings,
    ...session,
    model: name === undefined ? undefined : await fitted(name),
    chooseData: (recorded) => recordedData(recorded, { directory, data, ...reading }),
  });
}

/** Trains anew. */
export async function startRun(options: TrainOptions, session: SessionOptions, reading: Reading) {
  if (options.takeOver) {
    throw new ConfigurationError('--take-over: expected --resume with it, got none; leave it out');
  }
  const {
    model: modelName,
    data: dataName,
    transpose,
    dropDuplicates,
    out,
    from,
    ...settings
  } = options;
  const { tell, onProgress, signal, stream } = reading;
  const name = modelName ?? usualModel(options);
  const { model, modelFile } = await chooseModel(name);
  const fit = fitOf(model);
  const start = from === undefined ? undefined : findStart(from);
  const directory = out === undefined ? undefined : resolve(typedIn, out);
  // Decoding can take minutes: what needs no data is refused before.
  checkSettings(settings, model.name);
  if (directory !== undefined) checkRunDirectory(directory);
  const data = await chooseData(dataName ?? defaultDataName(fit), fit, tell, {
    ...asModelFile(modelFile === undefined ? null : fit, options),
    transpose,
    stream,
    dropDuplicates,
    onProgress,
    onNote: tell,
    signal,
  });
  for (const note of data.notes ?? []) say(`note: ${printable(note)}`);
  return train({
    ...settings,
    ...session,
    model: fitModel(name, model, data, tell),
    modelFile,
    data,
    from: start,
    fromWord: from,
    out: directory,
    reports: reportsFolder,
  });
}

/** The file or run directory that `--from` names. */
function findStart(from: string): string {
  if (from.endsWith('.safetensors')) return resolve(typedIn, from);
  return resolveRun(from, { from: typedIn, reports: reportsFolder, where: '--from' });
}

/** The recipe's model, or the one for the kind of data. */
function usualModel({ recipe, data }: TrainOptions): string {
  if (recipe != null) return toRecipe(recipe).model;
  return usualPreset(data);
}

/** How pictures are read; a model from a file takes images of its own shape. */
function asModelFile(fit: Fit | null, options: TrainOptions): PictureSettings {
  const settings = toPictureSettings(options);
  if (fit === null || options.data === undefined || !isPicturesPath(options.data)) return settings;
  const [channels, height, width] = fit.sampleShape;
  const { size = { height, width }, channels: given = channels === 1 ? 'grey' : 'rgb' } = settings;
  return { ...settings, size, channels: given };
}
