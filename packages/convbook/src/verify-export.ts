// pnpm export RUN --verify: another program computes the run's test set from what was exported.
import { ConfigurationError } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { sampleReader, type Dataset } from '@convbook/data';
import {
  isVerified,
  mostDifference,
  type ExportedFile,
  type ExportFormat,
  type ExportOptions,
  type TestSet,
  type Verification,
} from '@convbook/export';
import type { Run, TrainedModel } from '@convbook/run';
import { createPredictor } from '@convbook/runtime/network';
import { count, say } from './progress.ts';
import { recordedData } from './recorded-data.ts';
import { whileDecoding } from './while-decoding.ts';

type Verify = NonNullable<ExportFormat['verify']>;

/** A run that was exported, and its data set. */
export interface Exported {
  readonly directory: string;
  readonly trained: TrainedModel;
  readonly evaluation: Run['evaluation'];
  readonly options: ExportOptions;
  readonly files: readonly ExportedFile[];
  /** The value of `--data`. */
  readonly data?: string | undefined;
}

/** @throws ConfigurationError when there is no program that could verify a format. */
export function verifierOf(name: string, { verify }: ExportFormat): Verify {
  if (verify) return verify;
  throw new ConfigurationError(
    `--verify: expected a format that another program can compute here, onnx, got ${name}; leave the option out`,
  );
}

/** Verifies an export and says the result; the exit code is 1 where it differs, and that of a signal. */
export async function verifyExport(verify: Verify, exported: Exported): Promise<void> {
  const { directory, data, trained, options, files } = exported;
  await whileDecoding(async ({ decoding, signal }) => {
    const places = { directory, data, tell: say, onProgress: decoding.update, signal };
    const verification = await verify(files, trained, options, async () => {
      const { test } = await recordedData(trained.record.data, places);
      return { ...(await testSetOf(exported, test)), signal };
    });
    sayResult(verification);
    if (!isVerified(verification)) process.exitCode = 1;
  });
}

/** The test set with the logits of the run's evaluation; of a run that ended early, with our prediction. */
async function testSetOf(
  { evaluation, trained }: Exported,
  test: Dataset['test'],
): Promise<TestSet> {
  const image = sampleReader(test);
  if (evaluation !== null) return { count: test.count, image, logits: evaluation.logits };
  const predictor = createPredictor({ ...trained, module: await loadKernelModule('plain') });
  const logits = Array.from({ length: test.count }, (_, index) => {
    return predictor.predict([image(index)])[0].logits;
  });
  return { count: test.count, image, logits: Float32Array.from(logits.flat()) };
}

function sayResult(verification: Verification): void {
  const { program, images, largestDifference } = verification;
  const isSmall = largestDifference < mostDifference;
  say(`${program} on ${count(images)} test images`);
  say(
    `largest difference ${largestDifference.toPrecision(2)}, ` +
      `${isSmall ? 'under' : 'expected under'} ${mostDifference}`,
  );
  say(classLine(verification));
}

function classLine({ undecided, otherClass }: Verification): string {
  if (otherClass.length > 0) {
    return `another class for ${count(otherClass.length)} images, the first is #${otherClass[0]}`;
  }
  if (undecided === 0) return 'the same class for every image';
  return (
    `the same class for every image but ${count(undecided)} left out, ` +
    `whose two largest numbers differ by no more than ${mostDifference}`
  );
}
