import { ConfigurationError, elementCount } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { createEngine } from '@convbook/layers/predict';
import { toAnswer, type Answer } from './answer.ts';
import type { LoadedNetwork } from './load/load-network.ts';
import type { ModelDescription } from './model-file/index.ts';
import { readInput, toNumbers, type InputOptions, type ModelInput } from './model-input.ts';
import type { PictureReading } from './picture/index.ts';
import { toOutputs } from './outputs.ts';

/** A trained model that answers. */
export interface LoadedModel {
  readonly description: ModelDescription;
  readonly classNames: readonly string[];
  /**
   * Whether the SHA-256 of the weights was compared with the description's. It is not where a page is in no secure context
   * (neither https, localhost nor a file), and for a run that has not ended.
   */
  readonly isVerified: boolean;
  /**
   * The answer to one picture, image or input.
   *
   * @throws ConfigurationError when the input or an option is of another type or size, when a picture shows nothing, and when
   *   the logits are not finite.
   */
  predict(input: ModelInput, options?: InputOptions): Answer;
  /**
   * The answers to any number of inputs, in their order; none influences another's. There are none where `predict` refuses one
   * of the inputs: leave pictures that show nothing out before, `readPicture` finds them.
   *
   * @param options For all of them.
   * @throws ConfigurationError naming the first input that `predict` refuses, as `input 1: …`.
   */
  predictBatch(inputs: readonly ModelInput[], options?: InputOptions): Answer[];
  /**
   * The model's image of a picture, as `predict` reads it: its bytes are null where the picture shows nothing.
   *
   * @throws ConfigurationError when the input is of another type or size.
   */
  readPicture(input: Exclude<ModelInput, Float32Array>, options?: InputOptions): PictureReading;
}

/** Inputs that are in memory as numbers at once. */
const mostTogether = 256;

/** The model of a network. */
export function createModel({ description, network, isVerified }: LoadedNetwork): LoadedModel {
  const { classNames } = description;
  const engine = createEngine(network);
  const [size, classes] = [network.model.input, network.model.output].map(elementCount);
  const answersTo = (x: Float32Array, where: (k: number) => string = () => '') => {
    const y = engine.run(x);
    checkFinite(y, (at) => where(Math.floor(at / classes)));
    return toOutputs(y, classes).map((outputs) => toAnswer(outputs, classNames));
  };
  return {
    description,
    classNames,
    isVerified,
    predict: (input, options) => answersTo(toNumbers(description, input, options))[0],
    predictBatch(inputs, options) {
      checkList(inputs);
      const answers: Answer[] = [];
      for (let first = 0; first < inputs.length; first += mostTogether) {
        const some = inputs.slice(first, first + mostTogether);
        const x = new Float32Array(some.length * size);
        some.forEach((input, k) => x.set(numbersOf(input, first + k, options), k * size));
        for (const answer of answersTo(x, (k) => `input ${first + k}: `)) answers.push(answer);
      }
      return answers;
    },
    readPicture: (input, options) => readInput(description, input, options),
  };

  function numbersOf(input: ModelInput, k: number, options?: InputOptions): Float32Array {
    try {
      return toNumbers(description, input, options);
    } catch (cause) {
      if (!(cause instanceof ConfigurationError)) throw cause;
      throw new ConfigurationError(`input ${k}: ${cause.message}`, { cause });
    }
  }
}

/** Finite numbers may be so large that products of them are not. */
function checkFinite(logits: Float32Array, where: (at: number) => string): void {
  const at = logits.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new ConfigurationError(
    `${where(at)}predict: expected finite logits, got ${logits[at]}; ` +
      'give smaller numbers, or a model with smaller weights',
  );
}

// A program in JavaScript may give anything.
function checkList(inputs: unknown): void {
  if (Array.isArray(inputs)) return;
  throw new ConfigurationError(
    `predictBatch: expected a list of inputs, got ${showValue(inputs)}; give one input to predict`,
  );
}
