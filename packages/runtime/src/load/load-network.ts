import { ConfigurationError } from '@convbook/core';
import { checkObject, showValue } from '@convbook/core/checks';
import { resolveModel } from '@convbook/layers';
import { ModelFileError } from '../model-file-error.ts';
import { parseModelDescription, type ModelDescription } from '../model-file/index.ts';
import type { Network } from '../network.ts';
import { checkSha256 } from './check-sha256.ts';
import { isSource, readSource, type FileSource } from './source.ts';
import { readWeights } from './weights.ts';

/** The files of a trained model. */
export interface ModelFiles {
  /** `model.safetensors`. */
  readonly weights: FileSource;
  /** `model.json`, or the `run.json` of a run; also parsed. */
  readonly model: FileSource | object;
}

/** A model ready to compute, and what is known of it. */
export interface LoadedNetwork {
  readonly description: ModelDescription;
  readonly network: Network;
  /** Whether the SHA-256 of the weights was compared with the description's. */
  readonly isVerified: boolean;
}

const example = 'loadModel({ weights, model })';

/**
 * Reads and checks the files of a trained model.
 *
 * @param kernels The build `predict` or `plain` of the kernels.
 * @throws ModelFileError when a file is missing, damaged, of another version, or does not fit the other.
 */
export async function loadNetwork(
  { weights, model }: ModelFiles,
  kernels: Promise<WebAssembly.Module>,
): Promise<LoadedNetwork> {
  const [description, file, module] = await Promise.all([
    readDescription(model),
    readSource('weights', weights),
    kernels,
  ]);
  const resolved = resolveModel(description.model);
  const parameters = readWeights(file, resolved);
  const isVerified = await checkSha256(file, description.weightsSha256);
  const { scaling } = description;
  return { description, network: { module, model: resolved, parameters, scaling }, isVerified };
}

/** Checks the files as a program in JavaScript may give them. */
export function checkFiles(files: unknown): asserts files is ModelFiles {
  checkObject('loadModel', files, example);
  const { weights, model, kernels } = files as Readonly<Record<string, unknown>>;
  if (!isSource(weights)) refuse('weights', 'bytes or a URL', weights);
  const isObject = typeof model === 'object' && model !== null;
  if (!isObject && !isSource(model)) refuse('model', 'bytes, a URL or a parsed model.json', model);
  if (kernels !== undefined && !(kernels instanceof WebAssembly.Module)) {
    refuse('kernels', 'a WebAssembly.Module', kernels);
  }
}

function refuse(option: string, phrase: string, value: unknown): never {
  throw new ConfigurationError(
    `loadModel ${option}: expected ${phrase}, got ${showValue(value)}; write ${example}`,
  );
}

async function readDescription(model: FileSource | object): Promise<ModelDescription> {
  if (!isSource(model)) return parseModelDescription(model, 'model');
  const { where, bytes } = await readSource('model', model);
  return parseModelDescription(parseJson(where, new TextDecoder().decode(bytes)), where);
}

function parseJson(where: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelFileError(
      `${where}: expected JSON, got ${showValue(text.slice(0, 60))}; give the model.json of an export, or the run.json of a run`,
      { cause },
    );
  }
}
