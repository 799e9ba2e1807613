// `@convbook/runtime/node`: models from the disk.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkPath, printable } from '@convbook/core/checks';
import { loadModel as loadFiles } from './load-model.ts';
import type { LoadedModel } from './loaded-model.ts';
import { ModelFileError } from './model-file-error.ts';

/**
 * Loads a trained model from a run directory (`run.json` and `model.safetensors`), or from the folder of an export
 * (`model.json` and `model.safetensors`).
 *
 * @param directory Its path.
 * @throws ModelFileError when a file is missing, damaged, of another version, or does not fit the other.
 */
export async function loadModel(directory: string): Promise<LoadedModel> {
  checkPath('loadModel', directory);
  const description =
    (await fileIn(directory, 'model.json')) ?? (await fileIn(directory, 'run.json'));
  const weights = await fileIn(directory, 'model.safetensors');
  if (description === null || weights === null) {
    const got = [description, weights]
      .flatMap((file) => file ?? [])
      .map((file) => path.basename(file));
    throw new ModelFileError(
      `${printable(directory)}: expected model.safetensors and one of model.json and run.json, ` +
        `got ${got.length === 0 ? 'none of them' : got.join()}; give the path of a run or of an export`,
    );
  }
  const [model, bytes] = await Promise.all([readFile(description), readFile(weights)]);
  try {
    return await loadFiles({ model, weights: bytes });
  } catch (cause) {
    if (!(cause instanceof ModelFileError)) throw cause;
    throw new ModelFileError(`${printable(directory)}: ${cause.message}`, { cause });
  }
}

/** The path of a file, null where there is none: a pipe is not read. */
async function fileIn(directory: string, name: string): Promise<string | null> {
  const file = path.join(directory, name);
  const found = await stat(file).catch(() => null);
  return found?.isFile() === true ? file : null;
}
