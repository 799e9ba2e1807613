// `model.safetensors`: the parameters of a model, and nothing else.
import { RunDirectoryError } from '@convbook/core';
import { readHeader } from '@convbook/core/files';
import { copyParameters, sayMisfits, tensorMisfits, type ResolvedModel } from '@convbook/layers';
import { ModelFileError } from '../model-file-error.ts';
import type { SourceFile } from './source.ts';

/**
 * The values of every parameter by full name, copied out of a safetensors file.
 *
 * @throws ModelFileError when the file is damaged, when a tensor is missing, unexpected or of another type or shape (all of
 * them are named), or when a value is not finite.
 */
export function readWeights(
  { where, bytes }: SourceFile,
  model: ResolvedModel,
): Map<string, Float32Array> {
  const { entries, dataStart } = headerOf(bytes, where);
  const places = new Map(entries.map((entry) => [entry.name, entry]));
  const misfits = tensorMisfits(model, places);
  if (misfits.length > 0) {
    throw new ModelFileError(
      `${where}: expected the weights of ${model.name}, got others: ${sayMisfits(misfits)}; give those that belong to it`,
    );
  }
  const parameters = copyParameters(model, places, bytes.subarray(dataStart));
  for (const [name, values] of parameters) checkFinite(where, name, values);
  return parameters;
}

function headerOf(bytes: Uint8Array, where: string) {
  try {
    return readHeader(bytes, where);
  } catch (cause) {
    if (!(cause instanceof RunDirectoryError)) throw cause;
    throw new ModelFileError(cause.message, { cause });
  }
}

function checkFinite(where: string, name: string, values: Float32Array): void {
  const stray = values.find((value) => !Number.isFinite(value));
  if (stray === undefined) return;
  throw new ModelFileError(
    `${where}: expected finite numbers in ${name}, got ${stray}; restore the file or export the model again`,
  );
}
