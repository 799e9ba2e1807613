import { join } from 'node:path';
import { loadKernelModule } from '@convbook/core/node';
import { initializeParameters } from '@convbook/layers';
import { readTrainedModel, runFiles } from '@convbook/run';
import { fileSize } from '@convbook/run/writing';
import type { Network } from '@convbook/runtime/network';
import { forAnswers } from '@convbook/runtime/explain';

/** The network of a run twice: as training left it and as it began. */
export interface Networks {
  readonly trained: Network;
  /** With the random weights before the first step. */
  readonly untrained: Network;
  /** Seed of the random weights. */
  readonly seed: number;
}

/**
 * The network of a run as training left it, and with the random weights it began with; null where the
 * run has no model yet.
 *
 * @throws RunDirectoryError when the model is not what run.json says.
 */
export async function readNetworks(directory: string): Promise<Networks | null> {
  if (fileSize(join(directory, runFiles.model)) === null) return null;
  const { model, parameters, scaling, record } = readTrainedModel(directory);
  const network = { module: await loadKernelModule('plain'), model, scaling };
  const { seed } = record.configuration;
  return {
    trained: forAnswers({ ...network, parameters }),
    untrained: forAnswers({ ...network, parameters: initializeParameters(model, seed) }),
    seed,
  };
}
