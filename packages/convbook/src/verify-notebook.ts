// Verifies a run from its notebook alone: the page carries the run's settings, data hashes and result.
import { basename, dirname } from 'node:path';
import { ConfigurationError, DataError } from '@convbook/core';
import { dataDifferences, type Dataset } from '@convbook/data';
import { readCapsule } from '@convbook/report/capsule';
import type { RunRecord } from '@convbook/run';
import { readBytes } from '@convbook/run/writing';
import { recordedFingerprint, restoreStart } from '@convbook/trainer';
import { recordDifferences } from './record-differences.ts';
import { recordedData, type DataPlaces } from './recorded-data.ts';
import { inTemporaryFolder, trainAgain } from './train-again.ts';
import { conclude, endedResult, sayVerdict } from './verified.ts';

/** Options of `pnpm verify`. */
export interface VerifyOptions {
  readonly data?: string | undefined;
  readonly stream?: true | undefined;
  readonly workers?: number | undefined;
  /** Absolute path of the weights that the run of a notebook began with. */
  readonly from?: string | undefined;
}

/** A page with the weights of a large model has some hundred megabytes; Node has no longer text than 512. */
const mostBytes = 256 * 1024 * 1024;

/** Differences that are found before anything is trained. */
class Different extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/** Trains the run of a notebook again, and compares the models; says what differs, where something does. */
export async function verifyNotebook(file: string, options: VerifyOptions): Promise<void> {
  const bytes = readBytes(dirname(file), basename(file), true, mostBytes);
  const { record, offered } = readCapsule(new TextDecoder().decode(bytes), file);
  try {
    checkUntouched(record, offered);
    const result = endedResult(record);
    checkStart(record, options.from, file);
    await inTemporaryFolder(async (folder) => {
      const repeated = await trainAgain(record, folder, {
        workers: options.workers,
        async prepare() {
          if (options.from !== undefined) await restoreStart(record, options.from, folder);
        },
        chooseData: (_, reading) =>
          sameData(record, {
            directory: file,
            data: options.data,
            stream: options.stream,
            ...reading,
          }),
      });
      if (repeated === undefined) return;
      const isSame = result.modelSha256 === repeated.modelSha256;
      sayVerdict(record, repeated, isSame, 'equal');
    });
  } catch (error) {
    if (!(error instanceof Different)) throw error;
    conclude(error.lines, false);
  }
}

/** The page says everything twice. */
function checkUntouched(record: RunRecord, offered: unknown): void {
  const changes = offered === null ? [] : recordDifferences(offered, record);
  if (changes.length === 0) return;
  throw new Different(['the notebook was changed; its own run.json has', ...changes]);
}

/** No notebook carries the weights that a run began with. */
function checkStart({ start }: RunRecord, from: string | undefined, file: string): void {
  if (start === undefined) {
    if (from === undefined) return;
    throw new ConfigurationError(
      `--from: expected a run that began with other weights, got ${file}, which did not; leave the option out`,
    );
  }
  if (from !== undefined) return;
  const { kind, name } = start.source;
  throw new ConfigurationError(
    `${file}: expected the weights that this run began with, those of the ${kind} ${name}, got none; ` +
      'name the path of that with --from',
  );
}

/** The data set of the run; it and the settings are those that the run's fingerprint is of. */
async function sameData(record: RunRecord, places: DataPlaces): Promise<Dataset> {
  let others: readonly string[] = [];
  const onOther = (data: Dataset, where: string) => {
    others = [...others, `data set in ${where}:`, ...dataDifferences(data, record.data)];
  };
  const data = await recordedData(record.data, { ...places, onOther }).catch((error: unknown) => {
    throw error instanceof DataError && others.length > 0 ? new Different(others) : error;
  });
  const { fingerprint } = record;
  const found = recordedFingerprint(record, data);
  if (fingerprint === undefined || fingerprint === found) return data;
  throw new Different([
    'layers or settings: they are no longer those that the run had, or this version reads them otherwise',
    `fingerprint: expected ${fingerprint}, got ${found}`,
  ]);
}
