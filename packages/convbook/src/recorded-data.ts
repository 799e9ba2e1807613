// The data set of a recorded run, wherever it lies by now.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError, DataError, elementCount } from '@convbook/core';
import { hasHashes, loadMnist, synthetic, type Dataset } from '@convbook/data';
import type { PictureFolderOptions } from '@convbook/data/folder';
import type { RunRecord } from '@convbook/run';
import { chooseData } from './choose.ts';
import { typedIn } from './command.ts';
import { readPath, type DataOptions } from './read-path.ts';
import { recordedPlaces } from './recorded-places.ts';

const mostMadeBytes = 2 ** 31;

type Recorded = RunRecord['data'];

/** Where a run's data set is looked for. */
export interface DataPlaces extends Pick<PictureFolderOptions, 'onProgress' | 'signal' | 'stream'> {
  /** The run directory. */
  readonly directory: string;
  /** The value of `--data`: then nowhere else. */
  readonly data?: string | undefined;
  /** Hears what the user should know. */
  tell(line: string): void;
  /** Hears of a data set that was found and is another. */
  onOther?(data: Dataset, where: string): void;
}

/**
 * The data set that a run was trained on: one with its SHA-256.
 *
 * @throws DataError where there is none.
 * @throws ConfigurationError where `--data` is neither a name nor a path.
 */
export async function recordedData(recorded: Recorded, places: DataPlaces): Promise<Dataset> {
  const { data: typed, stream, tell } = places;
  if (stream === true && recorded.source?.kind !== 'pictures') {
    throw new ConfigurationError(
      `--stream: expected a folder of pictures, got ${recorded.name}; leave the option out`,
    );
  }
  const options = recordedOptions(recorded, places);
  if (typed === undefined) return firstFound(recorded, places, options);
  const fit = { sampleShape: recorded.sampleShape, classes: recorded.classNames.length };
  const data = await chooseData(typed, fit, tell, options);
  if (hasHashes(data, recorded.sha256)) return data;
  places.onOther?.(data, typed);
  return refuse(recorded, places.directory, otherIn(typed));
}

/** How the run read its data set. */
function recordedOptions(
  { sampleShape, pictures, source, transposed: transpose }: Recorded,
  { onProgress, signal, stream, tell: onNote }: DataPlaces,
): DataOptions {
  const { dropDuplicates } = source ?? {};
  if (source?.kind !== 'pictures') return { transpose, dropDuplicates, stream };
  const [channels, height, width] = sampleShape;
  const { fit = 'cover', background } = pictures ?? {};
  const { testShare, skipDamaged } = source;
  return {
    size: { height, width },
    channels: channels === 1 ? 'grey' : 'rgb',
    fit: fit === 'digit' || fit === 'whole' ? undefined : fit,
    background,
    testShare,
    skipDamaged,
    stream,
    dropDuplicates,
    onProgress,
    onNote,
    signal,
  };
}

/** A place to look at; `load` throws DataError. */
interface Candidate {
  readonly where: string;
  load(): Dataset | Promise<Dataset>;
}

async function firstFound(
  recorded: Recorded,
  places: DataPlaces,
  options: DataOptions,
): Promise<Dataset> {
  const { directory } = places;
  const problems: string[] = [];
  for (const { where, load } of candidatesOf(recorded, directory, options)) {
    try {
      const data = await load();
      if (hasHashes(data, recorded.sha256)) return data;
      places.onOther?.(data, where);
      problems.push(otherIn(where));
    } catch (cause) {
      if (!(cause instanceof DataError || cause instanceof ConfigurationError)) throw cause;
      problems.push(cause.message);
    }
  }
  if (problems.length === 0) refuseMade(recorded, directory);
  return refuse(recorded, directory, problems.join(', '));
}

function candidatesOf(recorded: Recorded, directory: string, options: DataOptions): Candidate[] {
  const { name, source } = recorded;
  // Earlier runs have only the name, of a set of ours or of a folder where the command was typed.
  const here = resolve(typedIn, name);
  if (source === undefined) return [...builtIn(name, recorded), inFolder(here, options)];
  if (source.kind !== 'folder' && source.kind !== 'pictures') return builtIn(source.kind, recorded);
  const folders = new Set([...recordedPlaces(source, directory), here]);
  return [...folders].map((folder) => inFolder(folder, options));
}

function builtIn(kind: string, recorded: Recorded): Candidate[] {
  if (kind === 'mnist') return [{ where: kind, load: () => loadMnist() }];
  if (kind !== 'synthetic') return [];
  const { sampleShape, classNames, source } = recorded;
  const { seed, trainSamples, testSamples } = source ?? {};
  const [channels, height, width] = sampleShape;
  const options = {
    seed,
    trainSamples,
    testSamples,
    sampleShape: [channels, height, width],
    classes: classNames.length,
  } as const;
  const load = () => {
    checkMadeSize(recorded);
    return synthetic(options);
  };
  return [{ where: kind, load }];
}

/** A run.json that someone else wrote may say any numbers. */
function checkMadeSize({ sampleShape, source }: Recorded): void {
  const { trainSamples = 0, testSamples = 0 } = source ?? {};
  const bytes = (trainSamples + testSamples) * elementCount(sampleShape);
  if (bytes <= mostMadeBytes) return;
  throw new DataError(`synthetic of ${bytes} bytes, more than ${mostMadeBytes}`);
}

function inFolder(where: string, options: DataOptions): Candidate {
  const load = () => {
    if (!existsSync(where)) throw new DataError(`nothing in ${where}`);
    return readPath(where, where, options);
  };
  return { where, load };
}

function otherIn(where: string): string {
  return `one with another SHA-256 in ${where}`;
}

/** It is in no folder, unless the same images were written to files since. */
function refuseMade({ name }: Recorded, directory: string): never {
  throw new DataError(
    `${directory}: expected the data set ${name} of this run, got none: a program made it; ` +
      'that program alone can train again, or go on by resume(directory, { chooseData }); ' +
      'if files have the same images by now, name them with --data',
  );
}

function refuse({ name }: Recorded, directory: string, got: string): never {
  throw new DataError(
    `${directory}: expected the data set ${name} of this run, got ${got}; name its folder with --data`,
  );
}
