import { setImmediate } from 'node:timers/promises';
import { elementCount, imageToNumbers } from '@convbook/core';
import { softmaxForward } from '@convbook/core/reference';
import type { TrainedModel } from '@convbook/run';
import type { ExportOptions } from '../export-format.ts';
import { compareAnswers, type TestSet, type Verification } from '../verification.ts';
import { endsWithSoftmax } from './graph.ts';
import { openOnnx, type OnnxSession } from './onnx-session.ts';

/** Images computed at once. */
const together = 64;

/**
 * Computes the test set from an ONNX file with onnxruntime-web, and compares with the run's answers.
 *
 * @throws ConfigurationError when onnxruntime-web is not installed.
 */
export async function verifyOnnx(
  bytes: Uint8Array,
  trained: TrainedModel,
  options: ExportOptions,
  readTest: () => Promise<TestSet>,
): Promise<Verification> {
  const session = await openOnnx(bytes);
  try {
    const test = await readTest();
    const classes = elementCount(trained.model.output);
    const got = await answersOf(session, trained, options, test);
    const want = expected(trained, options, test);
    const { program } = session;
    return { program, images: test.count, ...compareAnswers(got, want, classes) };
  } finally {
    await session.close();
  }
}

/** `[count, classes]`. */
async function answersOf(
  session: OnnxSession,
  { model, scaling }: TrainedModel,
  { withPreprocessing }: ExportOptions,
  { count, image, signal }: TestSet,
): Promise<Float32Array> {
  const [size, classes] = [elementCount(model.input), elementCount(model.output)];
  const answers = new Float32Array(count * classes);
  for (let begin = 0; begin < count; begin += together) {
    // A computation leaves the event loop no turn of its own, in which a signal could come.
    await setImmediate();
    signal?.throwIfAborted();
    const batch = Math.min(together, count - begin);
    const x = withPreprocessing ? new Uint8Array(batch * size) : new Float32Array(batch * size);
    for (let n = 0; n < batch; n++) {
      const sample = image(begin + n);
      x.set(withPreprocessing ? sample : imageToNumbers(sample, scaling), n * size);
    }
    answers.set(await session.run(x, [batch, ...model.input]), begin * classes);
  }
  return answers;
}

/** The numbers that the exported model should give, `[count, classes]`. */
function expected(
  trained: TrainedModel,
  { output }: ExportOptions,
  { count, logits }: TestSet,
): ArrayLike<number> {
  if (output === 'logits' || endsWithSoftmax(trained)) return logits;
  const shape = [count, elementCount(trained.model.output)];
  return softmaxForward({ shape, data: Float64Array.from(logits) }).data;
}
