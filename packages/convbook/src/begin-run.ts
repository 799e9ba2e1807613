// What `pnpm train` trains: a new run, or one that goes on.
import { resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import type { PictureSettings } from '@convbook/data/folder';
import type { ModelSpec } from '@convbook/layers';
import {
  readRecord,
  resolveRun,
  rows,
  type MachineSettings,
  type TrainingSettings,
} from '@convbook/run';
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
import type { LauncherChoice } from './ranks/join-ranks.ts';
import { recordedData, type DataPlaces } from './recorded-data.ts';
import { requeuedRun } from './requeue.ts';

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
  requeue?: true;
  launcher: LauncherChoice;
  injectFault?: string[];
  json?: true;
  live?: number | true;
  progress: string;
}

/** How a run is trained. */
export interface Session extends SessionOptions {
  /** Called once the command has done all that it does before the training. */
  readonly begin?: (() => void) | undefined;
}

/** What hears of the data set while it is read. */
export type Reading = Pick<DataPlaces, 'tell' | 'onProgress' | 'signal' | 'stream'>;

/**
 * The folder of the run that goes on; null: a new one begins.
 *
 * @throws ConfigurationError for options that do not fit.
 */
export function begunRun(options: TrainOptions): string | null {
  if (options.resume) return findRun(options);
  const begun = options.requeue ? requeuedRun(options.out) : null;
  if (options.takeOver && !options.requeue) {
    throw new ConfigurationError('--take-over: expected --resume with it, got none; leave it out');
  }
  return begun;
}

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

/** The settings of a run among the options of the command, which has more. */
export function settingsOf(options: TrainOptions): TrainingSettings & MachineSettings {
  const given = new Map<string, unknown>(Object.entries(options));
  const chosen = rows.filter(([name, { help }]) => help !== undefined && given.has(name));
  return Object.fromEntries(chosen.map(([name]) => [name, given.get(name)]));
}

/** Goes on with a run that has begun. */
export async function resumeRun(
  directory: string,
  options: TrainOptions,
  { begin, ...session }: Session,
  reading: Reading,
) {
  const { model: name, data, takeOver, injectFault } = options;
  const model = name === undefined ? undefined : await modelOfRun(name, directory);
  begin?.();
  return resume(directory, {
    ...settingsOf(options),
    ...session,
    takeOver,
    injectFault,
    model,
    chooseData: (recorded) => recordedData(recorded, { directory, data, ...reading }),
  });
}

async function modelOfRun(name: string, directory: string): Promise<ModelSpec> {
  const { model } = await chooseModel(name);
  return fitModel(name, model, readRecord(directory).data, () => undefined);
}

/** Trains anew. */
export async function startRun(
  options: TrainOptions,
  { begin, ...session }: Session,
  reading: Reading,
) {
  const { out, from, injectFault } = options;
  const start = from === undefined ? undefined : findStart(from);
  const directory = out === undefined ? undefined : resolve(typedIn, out);
  if (directory !== undefined) checkRunDirectory(directory);
  const chosen = await chooseRun(options, reading);
  for (const note of chosen.data.notes ?? []) say(`note: ${printable(note)}`);
  begin?.();
  return train({
    ...settingsOf(options),
    ...session,
    ...chosen,
    injectFault,
    from: start,
    fromWord: from,
    out: directory,
    reports: reportsFolder,
  });
}

/** The model of a new run, and its data set; the model fits it. */
export async function chooseRun(options: TrainOptions, reading: Reading) {
  const { data: dataName, transpose, dropDuplicates } = options;
  const { tell, onProgress, signal, stream } = reading;
  const name = options.model ?? usualModel(options);
  const { model, modelFile } = await chooseModel(name);
  const fit = fitOf(model);
  // Decoding can take minutes: what needs no data is refused before.
  checkSettings(options, model.name);
  const data = await chooseData(dataName ?? defaultDataName(fit), fit, tell, {
    ...asModelFile(modelFile === undefined ? null : fit, options),
    transpose,
    stream,
    dropDuplicates,
    onProgress,
    onNote: tell,
    signal,
  });
  return { model: fitModel(name, model, data, tell), modelFile, data };
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
