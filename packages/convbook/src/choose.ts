// Chooses a model and a data set by the values of --model and --data.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError, elementCount } from '@convbook/core';
import { loadMnist, synthetic, type Dataset } from '@convbook/data';
import { dataKind } from '@convbook/data/folder';
import { presets, resolveModel, toCheckedModel, type ModelSpec } from '@convbook/layers';
import { dataNames } from '@convbook/run';
import type { ModelFile } from '@convbook/trainer';
import { typedIn } from './command.ts';
import { fileHash } from './file-hash.ts';
import type { ModelExports } from './model-exports.ts';
import { checkOptions, readPath, type DataOptions } from './read-path.ts';

/** A model, and the file that it was read from; a preset has none. */
export interface ChosenModel {
  readonly model: ModelSpec;
  readonly modelFile?: ModelFile;
}

/**
 * The preset of a name, or the model that a file exports.
 *
 * @throws ConfigurationError when it is neither a preset nor a file that exports a model.
 */
export async function chooseModel(name: string): Promise<ChosenModel> {
  if (Object.hasOwn(presets, name)) return { model: presets[name] };
  const file = resolve(typedIn, name);
  const sha256 = /\.[cm]?[jt]s$/.test(name) ? fileHash(file) : null;
  if (sha256 === null) {
    throw new ConfigurationError(
      `--model: expected ${Object.keys(presets).join(', ')} or a file such as ./my-model.ts, ` +
        `got ${JSON.stringify(name)}`,
    );
  }
  const { default: exported } = await evaluate(name, file);
  const model = checkModel(name, exported);
  return {
    model: { name: name.replace(/^.*[/\\]|\.[cm]?[jt]s$/g, ''), ...model },
    modelFile: { path: file, typed: name, sha256 },
  };
}

async function evaluate(name: string, file: string): Promise<ModelExports> {
  try {
    const { modelExports } = await import('./model-exports.ts');
    return await modelExports(file);
  } catch (cause) {
    const lines = String(cause)
      .split('\n')
      .filter((line) => line !== '');
    const got = lines.slice(0, 2).join(' ');
    throw new ConfigurationError(
      `--model ${name}: expected a file that can be evaluated, got ${got}; correct it`,
      { cause },
    );
  }
}

function checkModel(name: string, exported: unknown): ModelSpec {
  if (exported === undefined) {
    throw new ConfigurationError(
      `--model ${name}: expected \`export default defineModel({ input, layers })\`, got no default export`,
    );
  }
  try {
    return toCheckedModel(exported);
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    throw new ConfigurationError(`--model ${name}: ${cause.message}`, { cause });
  }
}

/** The shape of samples and the number of classes that a data set must have. */
export interface Fit {
  readonly sampleShape: readonly number[];
  readonly classes: number;
}

/** The samples a model takes and the classes it tells apart; a vector is an image of one row. */
export function fitOf(model: ModelSpec): Fit {
  const { input, output } = resolveModel(model);
  return {
    sampleShape: input.length === 3 ? input : [1, 1, elementCount(input)],
    classes: output[0],
  };
}

/** The data set without `--data`: MNIST where it fits, else `synthetic`. */
export function defaultDataName({ sampleShape, classes }: Fit): string {
  return sampleShape.join() === '1,28,28' && classes === 10 ? 'mnist' : 'synthetic';
}

/**
 * `mnist`, `synthetic` in the model's shape and classes, or what lies at a path: IDX files, CIFAR's binary files, a
 * `.npz` file or pictures. These names never mean a folder: where there is one, `tell` hears how to name it.
 *
 * @throws DataError when a path leads to no data set, ConfigurationError for any other name and for an
 * option that the data set does not take.
 */
export async function chooseData(
  name: string,
  { sampleShape, classes }: Fit,
  tell: (line: string) => void,
  options: DataOptions = {},
): Promise<Dataset> {
  checkNamed('--data', name);
  const path = resolve(typedIn, name);
  // A name with a separator is a path, not a mistyped name: its folder is missing.
  if (!dataNames.includes(name) && (existsSync(path) || /[/\\]/.test(name))) {
    return readPath(path, name, options);
  }
  if (!dataNames.includes(name)) {
    throw new ConfigurationError(
      `--data: expected mnist, synthetic, a folder or a .npz file, got ${JSON.stringify(name)}`,
    );
  }
  checkOptions(name, 'built-in', options);
  if (existsSync(path) && statSync(path).isDirectory()) {
    tell(`--data ${name} is the built-in data set; the folder of that name is --data ./${name}`);
  }
  if (name === 'mnist') return loadMnist();
  const [channels, height, width] = sampleShape;
  return synthetic({ sampleShape: [channels, height, width], classes });
}

/** The preset for a data set when no model is named. */
export function usualPreset(data: string | undefined): string {
  return data !== undefined && isPicturesPath(data) ? 'photo-net' : 'simple-convnet';
}

/** Whether `--data` names a folder of pictures. */
export function isPicturesPath(name: string): boolean {
  return !dataNames.includes(name) && dataKind(resolve(typedIn, name)) === 'pictures';
}

/** Refuses an empty name, as of a variable that is not set: it would mean the folder where the command was typed. */
export function checkNamed(where: string, name: string): void {
  if (name !== '') return;
  throw new ConfigurationError(`${where}: expected a name or a path, got ""; the folder here is .`);
}
