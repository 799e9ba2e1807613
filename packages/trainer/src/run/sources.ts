// Where model and data set came from: for run.json, and as a word of the command that repeats the run.
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkObject, checkPath } from '@convbook/core/checks';
import { sourceOf, type Dataset } from '@convbook/data';
import { presetFor, presets, type ModelSpec } from '@convbook/layers';
import {
  pathWord,
  programWords,
  type RecordedDataSource,
  type RecordedModelSource,
  type RecordedPath,
} from '@convbook/run';
import type { Start } from '../start/read-start.ts';

/** A file or folder that was read. */
interface ReadPath {
  /** Absolute. */
  readonly path: string;
  /** As the user gave it. */
  readonly typed: string;
}

/** The file that a model was read from. */
export interface ModelFile extends ReadPath {
  readonly sha256: string;
}

/** @throws ConfigurationError for what is not a file that a model was read from. */
export function checkModelFile(file: ModelFile): void {
  checkObject('modelFile', file, 'modelFile: { path, typed, sha256 }');
  checkPath('modelFile.path', file.path);
  checkPath('modelFile.typed', file.typed);
  checkPath('modelFile.sha256', file.sha256);
}

/** A run's model and data set, and the run directory. */
export interface RunParts {
  readonly model: ModelSpec;
  readonly modelFile?: ModelFile | undefined;
  readonly data: Dataset;
  /** None where all parameters were drawn. */
  readonly start?: Start | null;
  /** The source of the start as the user gave it. */
  readonly from?: string | undefined;
  readonly fromWord?: string | undefined;
  readonly directory: string;
}

interface Described<Source> {
  readonly source: Source;
  readonly word: string;
}

/** A preset is known by what it computes, whoever passes it. */
export function describeModel(parts: RunParts): Described<RecordedModelSource> {
  const { model, modelFile, directory } = parts;
  if (modelFile !== undefined) {
    const { sha256 } = modelFile;
    const source = { kind: 'file' as const, sha256, ...placeOf(modelFile, directory) };
    return { source, word: wordOf(modelFile) };
  }
  const { name = '' } = model;
  return isPreset(parts)
    ? { source: { kind: 'preset' }, word: name }
    : { source: { kind: 'object' }, word: programWords.model };
}

/** Whether the model is the preset of its name, as it is or built for the data. */
function isPreset({ model: { name = '', input, layers }, data }: RunParts): boolean {
  if (!Object.hasOwn(presets, name)) return false;
  const isLike = (preset: ModelSpec) =>
    isDeepStrictEqual({ input, layers }, { input: preset.input, layers: preset.layers });
  return isLike(presets[name]) || isLike(builtFor(name, data));
}

/** The preset for the data; itself where it cannot be built for them. */
function builtFor(name: string, { sampleShape, classNames }: Dataset): ModelSpec {
  try {
    return presetFor(name, { input: sampleShape, classes: classNames.length });
  } catch {
    return presets[name];
  }
}

/** Where the data set says it came from. */
export function describeData({ data, directory }: RunParts): Described<RecordedDataSource> {
  const source = sourceOf(data) ?? { kind: 'object' as const };
  if (source.kind === 'folder') {
    const { kind, dropDuplicates } = source;
    const place = placeOf(source, directory);
    return { source: { kind, dropDuplicates, ...place }, word: wordOf(source) };
  }
  if (source.kind === 'pictures') {
    const { kind, settings, dropDuplicates } = source;
    const { testShare, skipDamaged } = settings;
    const place = placeOf(source, directory);
    return {
      source: { kind, testShare, skipDamaged, dropDuplicates, ...place },
      word: wordOf(source),
    };
  }
  const isNamed =
    source.kind !== 'object' && JSON.stringify(source) === JSON.stringify({ kind: source.kind });
  return { source, word: isNamed ? source.kind : programWords.data };
}

function placeOf({ path: absolutePath }: ReadPath, directory: string): RecordedPath {
  return { relativePath: path.relative(directory, absolutePath), absolutePath };
}

function wordOf({ path: absolutePath, typed }: ReadPath): string {
  return pathWord(path.isAbsolute(typed) ? absolutePath : typed);
}
