import {
  ConfigurationError,
  elementCount,
  type Standardization,
  type StoredTensor,
} from '@convbook/core';
import { layOutSafetensors, toBytes, type HeaderEntry } from '@convbook/core/files';
import {
  sayMisfits,
  type ResolvedModel,
  type ResolvedParameter,
  type TensorMisfit,
} from '@convbook/layers';
import type { LeftParameter } from '@convbook/run';
import { refuseRunFile, slicesOf, withTensorFile, type TensorFile } from '@convbook/run/writing';
import type { StartFacts } from '../engine/shared-state.ts';
import { sha256Of } from '../run/sha256.ts';
import { isTransposed, matchParameters, type Matched } from './match-parameters.ts';
import type { StartSource } from './start-source.ts';

/** The parameters that a run begins with. */
export interface Start {
  readonly source: StartSource;
  /** SHA-256 of the file that they came from. */
  readonly sha256: string;
  /** `start.safetensors`: the parameters that were taken. */
  readonly pieces: readonly Uint8Array[];
  readonly facts: StartFacts;
  readonly taken: readonly ResolvedParameter[];
  readonly left: readonly LeftParameter[];
  /** Tensors that the model and the source's file do not have in common. */
  readonly misfits: readonly TensorMisfit[];
}

/**
 * Reads from a source the parameters whose names and shapes are those of the model.
 *
 * @param standardization The source's scaling of pixel values, where the run takes it.
 * @throws ConfigurationError when there are none, or a matrix is transposed, naming every tensor that does not fit.
 * @throws RunDirectoryError when the file is damaged, is not the run's, or has numbers that are not finite.
 */
export async function readStart(
  source: StartSource,
  model: ResolvedModel,
  standardization: Standardization | null,
): Promise<Start> {
  return withTensorFile(source.weights, async (file) => {
    const matched = matchParameters(model, file.tensors);
    const { taken, left, misfits } = matched;
    checkMatched(matched, source, model);
    const tensors = new Map<string, StoredTensor>();
    for (const parameter of taken) {
      tensors.set(parameter.name, await readTensor(file, parameter, source.weights));
    }
    const sha256 = await sha256Of(file.blocks());
    checkHash(source, sha256);
    const pieces = layOutSafetensors(tensors, { format: 'pt' });
    const ownSha256 = await sha256Of(pieces.flatMap((piece) => [...slicesOf(piece)]));
    const facts = { ownSha256, taken: taken.map(({ name }) => name), standardization };
    return { source, sha256, pieces, facts, taken, left, misfits };
  });
}

/** A part of the parameters is enough, as where the last layer is another. */
function checkMatched(
  { taken, misfits }: Matched,
  { path, kind }: StartSource,
  { name }: ResolvedModel,
): void {
  const refuse = (what: string, remedy: string) => {
    throw new ConfigurationError(
      `from ${path}: ${what}, got others: ${sayMisfits(misfits)}; ${remedy}`,
    );
  };
  if (taken.length === 0) {
    refuse(`expected the weights of ${name}`, 'choose another --from or --model');
  }
  if (kind === 'file' && misfits.some(isTransposed)) {
    refuse(
      `expected the matrices of ${name} as [units, inputs]`,
      'transpose those that are [inputs, units]',
    );
  }
}

async function readTensor(
  file: TensorFile,
  { name, shape }: ResolvedParameter,
  where: string,
): Promise<StoredTensor> {
  const data = new Float32Array(elementCount(shape));
  await file.readInto(file.tensors.get(name) as HeaderEntry, toBytes(data));
  const bad = data.find((value) => !Number.isFinite(value));
  if (bad === undefined) return { dtype: 'F32', shape, data };
  return refuseRunFile(
    where,
    `expected ${name} to have finite numbers, got ${bad}`,
    'choose another --from',
  );
}

/** A run's model is the one that its record says. */
function checkHash({ weights, record }: StartSource, sha256: string): void {
  const expected = record?.result?.modelSha256;
  if (expected === undefined || expected === sha256) return;
  refuseRunFile(weights, `expected SHA-256 ${expected} as run.json says, got ${sha256}`);
}
