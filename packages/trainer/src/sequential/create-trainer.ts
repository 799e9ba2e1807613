import { DivergedError } from '@convbook/core';
import { readBatch, type BatchNumbers } from '../engine/batch-numbers.ts';
import { createPosition } from '../engine/control/position.ts';
import { setNamed, type EvaluatedName } from '../engine/evaluated-sets.ts';
import { evaluationMeans, type Evaluation } from '../engine/evaluation-means.ts';
import { orderSamples } from '../engine/order-samples.ts';
import { readGradients, readParameters } from '../engine/parameters.ts';
import { createLoneWorker } from '../engine/run-alone.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { batchPlanAt } from '../engine/training-plan.ts';
import { keepState, restoreKept, type KeptState } from './keep.ts';
import { createPlainState } from './plain-state.ts';
import type { TrainerOptions } from './trainer-options.ts';

/** One step of training. */
export interface StepResult extends BatchNumbers {
  /** From 1. */
  readonly step: number;
  /** From 1. */
  readonly epoch: number;
  /** Images of the batch. */
  readonly samples: number;
  /** Mean over the batch, before the update. */
  readonly loss: number;
}

/** A training that the caller takes step by step. */
export interface Trainer {
  /** Steps of the whole run, and of an epoch. */
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /**
   * Trains the next batch; blocks until it is done. The caller yields between steps.
   *
   * @throws DivergedError when the loss or the gradient is no longer finite; the step is not counted.
   * @throws RangeError when all steps are done.
   */
  step(): StepResult;
  /**
   * As `step`, in parts of a few milliseconds: the step is done once the generator is. Nothing else may be
   * called before.
   */
  stepParts(): Generator<void, StepResult>;
  /**
   * Evaluates all images of a set with the current parameters; blocks until it is done.
   *
   * @throws Error when no validation set was held out.
   */
  evaluate(set?: EvaluatedName): Evaluation;
  /** As `evaluate`, in parts. */
  evaluateParts(set?: EvaluatedName): Generator<void, Evaluation>;
  /** Copies what the next steps depend on: parameters, the optimizer's values, the place in the run. */
  keep(): KeptState;
  /** Goes back, or forward, to a state that this trainer kept: the next step gives the bytes it gave then. */
  restore(kept: KeptState): void;
  /**
   * The parameters by their full names, such as `conv1.weight` of shape [filters, channels, height,
   * width]: float32 views of the memory, which every step changes.
   */
  readonly parameters: ReadonlyMap<string, ParameterView>;
  /** The gradients of the last step, by the parameters' names: views as those are. */
  readonly gradients: ReadonlyMap<string, ParameterView>;
}

/** A parameter as it lies in memory. */
export interface ParameterView {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number> & ArrayBufferView;
}

/**
 * Trains on the calling thread, a step at a time, to the same bytes as `train` does.
 *
 * @throws ConfigurationError when settings, model and data do not fit, or when a setting follows the
 *   validation loss, which nothing here watches.
 */
export function createTrainer(options: TrainerOptions): Trainer {
  return finish(createTrainerParts(options));
}

/** As `createTrainer`, in parts of a few milliseconds. */
export function* createTrainerParts(options: TrainerOptions): Generator<void, Trainer> {
  const state = yield* createPlainState(options);
  const { plan } = state;
  const worker = createLoneWorker(state);
  let done = 0;
  const trainer: Trainer = {
    steps: plan.steps,
    stepsPerEpoch: plan.batchesPerEpoch,
    step: () => finish(trainer.stepParts()),
    *stepParts() {
      checkStepsLeft(done, plan.steps);
      const batch = done % plan.batchesPerEpoch;
      if (batch === 0) beginEpoch(state, done);
      const { halt } = yield* worker.train(batch, batch + 1);
      if (halt !== null) throw new DivergedError(divergedText(done + 1, halt));
      done++;
      return resultOf(state, done);
    },
    evaluate: (set) => finish(trainer.evaluateParts(set)),
    *evaluateParts(set = 'test') {
      const evaluated = setNamed(state.evaluated, set);
      yield* worker.evaluate(set);
      return evaluationMeans(evaluated);
    },
    keep: () => keepState(state, done),
    restore(kept) {
      restoreKept(state, kept);
      done = kept.done;
      const batch = done % plan.batchesPerEpoch;
      if (batch > 0) beginEpoch(state, done - batch);
    },
    parameters: readParameters(state),
    gradients: readGradients(state),
  };
  return trainer;
}

function checkStepsLeft(done: number, steps: number): void {
  if (done < steps) return;
  throw new RangeError(
    `trainer: expected at most ${steps} steps, got step ${done + 1}; give settings more epochs`,
  );
}

/** The epoch that begins after `done` steps. */
function beginEpoch(state: SharedState, done: number): void {
  orderSamples(state, done / state.plan.batchesPerEpoch + 1);
  createPosition(state.control).beginEpoch(done, 0);
}

function finish<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}

function divergedText(step: number, halt: string): string {
  const what = halt.replace(' not finite', '');
  return `step ${step}: the ${what} is no longer finite; lower the learning rate`;
}

function resultOf({ plan, statistics }: SharedState, step: number): StepResult {
  const batch = (step - 1) % plan.batchesPerEpoch;
  const { batchSize: samples } = batchPlanAt(plan, batch);
  const numbers = readBatch(statistics.batches, batch);
  const epoch = Math.floor((step - 1) / plan.batchesPerEpoch) + 1;
  return { ...numbers, step, epoch, samples, loss: numbers.loss / samples };
}
