import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { elementCount } from '@convbook/core';
import { headBytes } from '@convbook/core/files';
import { resolveModel } from '@convbook/layers';
import { refuseRunFile } from '../checks/refuse.ts';
import { readBytes } from '../files/read-file.ts';
import { runFiles } from '../files/run-files.ts';
import type { RunRecord } from '../record/run-record.ts';

/**
 * The bytes of `model.safetensors`, null where it is missing and may be.
 *
 * @throws RunDirectoryError when its SHA-256 is not the one in run.json.
 */
export function readModelFile(directory: string, record: RunRecord, required: true): Uint8Array;
export function readModelFile(
  directory: string,
  record: RunRecord,
  required: boolean,
): Uint8Array | null;
export function readModelFile(
  directory: string,
  { model, result }: RunRecord,
  required: boolean,
): Uint8Array | null {
  const { parameters } = resolveModel(model);
  const values = parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const bytes = readBytes(directory, runFiles.model, required, headBytes + 4 * values);
  if (bytes === null || result === undefined) return bytes;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === result.modelSha256) return bytes;
  return refuseRunFile(
    join(directory, runFiles.model),
    `expected SHA-256 ${result.modelSha256} as run.json says, got ${sha256}`,
  );
}
