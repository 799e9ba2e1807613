// One training: its steps, one after another, and back to any of them.
import { DivergedError } from '@convbook/core';
import {
  createTrainerParts,
  type KeptState,
  type ParameterView,
  type TrainerData,
} from '@convbook/trainer/sequential';
import type { Values } from './hash.ts';
import { epochs, netOf, trainingOf, type Settings } from './settings.ts';
import { cutCourse, emptyCourse, type Course, type Snapshot } from './state.ts';

/** Steps between two evaluations of the held-out images, and between two kept states. */
const pace = 10;

/** Kept states, without the first. SimpleConvNet's take 5.2 MB each. */
const mostKept = 8;

export interface Training {
  readonly settings: Settings;
  /** Takes one step towards `target`, or goes back; in parts. Nothing is left to do where it yields nothing. */
  towards(target: number): Generator<void, void>;
  isAt(target: number): boolean;
  course(): Course;
  /** Copies: the training goes on. */
  snapshot(): Omit<Snapshot, 'hashes' | 'speed' | 'before'>;
}

/** Made in parts, as its steps are. */
export function* createTraining(
  settings: Settings,
  data: TrainerData,
  module: WebAssembly.Module,
): Generator<void, Training> {
  const trainer = yield* createTrainerParts({
    model: netOf(settings),
    data,
    module,
    settings: { ...trainingOf(settings), epochs },
  });
  let course: Course = emptyCourse;
  let diverged: number | null = null;
  const kept: KeptState[] = [trainer.keep()];
  const step = () => course.losses.length;

  const goBack = (target: number) => {
    while (kept.length > 1 && kept[kept.length - 1].done > target) kept.pop();
    const from = kept[kept.length - 1];
    trainer.restore(from);
    course = cutCourse(course, from.done);
    diverged = null;
  };
  const keep = () => {
    kept.push(trainer.keep());
    if (kept.length > mostKept + 1) kept.splice(1, 1);
  };
  function* forward(): Generator<void, void> {
    const { loss, correct, samples } = yield* trainer.stepParts();
    course = {
      losses: [...course.losses, loss],
      accuracies: [...course.accuracies, correct / samples],
      heldOut: course.heldOut,
    };
    if (step() % pace === 0) {
      keep();
      yield;
      yield* evaluate();
    }
  }
  function* evaluate(): Generator<void, void> {
    const { accuracy } = yield* trainer.evaluateParts();
    course = { ...course, heldOut: [...course.heldOut, [step(), accuracy]] };
  }
  return {
    settings,
    *towards(target) {
      try {
        if (target < step()) goBack(target);
        if (step() === 0 && course.heldOut.length === 0) yield* evaluate();
        if (target > step()) yield* forward();
      } catch (error) {
        if (!(error instanceof DivergedError)) throw error;
        diverged = step() + 1;
      }
    },
    isAt: (target) =>
      step() === Math.min(target, trainer.steps) || (diverged !== null && target > step()),
    course: () => course,
    snapshot: () => ({
      settings,
      step: step(),
      course,
      parameters: copyOf(trainer.parameters),
      gradients: step() === 0 ? new Map() : copyOf(trainer.gradients),
      diverged,
    }),
  };
}

function copyOf(views: ReadonlyMap<string, ParameterView>): ReadonlyMap<string, Values> {
  return new Map(
    [...views].map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data) }]),
  );
}
