// A live page carries more than its text: kernels, weights, some images, a script. What takes another thread or
// process a while is begun here, and waited for when the rest of the page is made.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { elementCount } from '@convbook/core';
import { kernelFile, packageFile } from '@convbook/core/node';
import { bundleScript, gzipBytes } from '@convbook/page';
import { readTrainedModel, runFiles, type TrainedModel } from '@convbook/run';
import { fileSize } from '@convbook/run/writing';

/** Weights above this many bytes are left out unless asked for. */
export const mostWeightBytes = 4 * 2 ** 20;

export interface LiveParts {
  trained: TrainedModel;
  /** The plain build of the kernels. */
  kernels: Uint8Array;
  /** `model.safetensors`, compressed. */
  weightsGz: Promise<Uint8Array>;
}

/** The script of a notebook, made once a process. */
export function pageScript(): Promise<string> {
  return bundleScript(packageFile('@convbook/report/live/page', import.meta.url));
}

/**
 * The trained model and the kernels for a live page; null where the run has no model yet, or one of
 * more than 4 MiB of weights and `liveWeights` does not ask for it.
 */
export async function readLiveParts(
  directory: string,
  liveWeights = false,
): Promise<LiveParts | null> {
  if (fileSize(join(directory, runFiles.model)) === null) return null;
  const trained = readTrainedModel(directory);
  const bytes = trained.model.parameters.reduce(
    (sum, { shape }) => sum + 4 * elementCount(shape),
    0,
  );
  if (bytes > mostWeightBytes && !liveWeights) return null;
  const weightsGz = readFile(join(directory, runFiles.model)).then(gzipBytes);
  // An error reaches whoever awaits it; until then it is not unhandled.
  for (const begun of [weightsGz, pageScript()]) begun.catch(() => undefined);
  return { trained, weightsGz, kernels: await readFile(await kernelFile('plain')) };
}
