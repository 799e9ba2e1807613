// The run or file that a run takes its first parameters from.
import path from 'node:path';
import { ConfigurationError, type Standardization } from '@convbook/core';
import { showValue, typedCommand } from '@convbook/core/checks';
import { readRecord, runFiles, type RunRecord, type TrainingSettings } from '@convbook/run';
import { fileSize, isFolder } from '@convbook/run/writing';

/** A place of trained parameters. */
export interface StartSource {
  readonly kind: 'run' | 'file';
  /** Absolute: the run directory or the file. */
  readonly path: string;
  /** The safetensors file with the parameters that `predict` uses. */
  readonly weights: string;
  /** Of a run; null for a file, which says nothing of its data. */
  readonly record: RunRecord | null;
}

/**
 * Finds what a path leads to: a run directory, or a `.safetensors` file.
 *
 * @throws ConfigurationError when there is neither, or the run has no model yet.
 * @throws RunDirectoryError when the run is damaged.
 */
export function findStart(from: string): StartSource {
  const found = path.resolve(from);
  if (!isFolder(found)) {
    checkFile(found, from);
    return { kind: 'file', path: found, weights: found, record: null };
  }
  const record = readRecord(found);
  const weights = path.join(found, runFiles.model);
  if (fileSize(weights) === null) {
    throw new ConfigurationError(
      `from: expected a run with a trained model, got one that is ${record.status} and has no ` +
        `${runFiles.model}; finish it with ${typedCommand('train')} --resume`,
    );
  }
  return { kind: 'run', path: found, weights, record };
}

function checkFile(file: string, from: string): void {
  if (fileSize(file) !== null) return;
  throw new ConfigurationError(
    `from: expected a run directory or a .safetensors file, got nothing at ${showValue(from)}`,
  );
}

/** The settings with the source's choice of `standardize` where none is given. */
export function withScaling<Settings extends TrainingSettings>(
  settings: Settings,
  source: StartSource | null,
): Settings {
  if (!source?.record || settings.standardize !== undefined) return settings;
  return { ...settings, standardize: source.record.data.standardization !== undefined };
}

/** The scaling of the source's pixel values where it can serve for images of so many channels. */
export function scalingOf({ record }: StartSource, channels: number): Standardization | null {
  const standardization = record?.data.standardization;
  return standardization?.means.length === channels ? standardization : null;
}
