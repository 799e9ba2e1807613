import { ConfigurationError } from '@convbook/core';
import { resolveModel } from '@convbook/layers';
import type { RunRecord } from '@convbook/run';
import { recordedFacts } from './record-start.ts';
import { readStart } from './read-start.ts';
import { writeStart } from './start-file.ts';
import { findStart } from './start-source.ts';

/**
 * Writes into a folder the parameters that a recorded run began with, from a run or a file that has them.
 *
 * @param from A run directory or a `.safetensors` file: the source that the record names, or the run's own
 * `start.safetensors`.
 * @throws ConfigurationError when there is nothing at `from`, or it has other parameters.
 * @throws RunDirectoryError when it is damaged, or the parameters cannot be written.
 */
export async function restoreStart(record: RunRecord, from: string, folder: string): Promise<void> {
  const facts = recordedFacts(record);
  if (facts === null) return;
  const start = await readStart(findStart(from), resolveModel(record.model), facts.standardization);
  const { ownSha256 } = start.facts;
  if (ownSha256 !== facts.ownSha256) {
    throw new ConfigurationError(
      `from ${start.source.path}: expected the parameters that the run began with, of SHA-256 ` +
        `${facts.ownSha256}, got those of ${ownSha256}; name ${record.start?.source.name}`,
    );
  }
  await writeStart(folder, start.pieces);
}
