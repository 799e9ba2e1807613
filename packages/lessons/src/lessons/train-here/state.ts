import type { Values } from './hash.ts';
import { firstSettings, type Settings } from './settings.ts';

/** Steps of one training so far. */
export interface Course {
  /** Loss of each step, before its update. */
  readonly losses: readonly number[];
  /** Share of right answers in the batch of each step. */
  readonly accuracies: readonly number[];
  /** Steps done, and the share of held-out images that are right then. */
  readonly heldOut: readonly (readonly [step: number, accuracy: number])[];
}

/** A network as it was at a step. */
export interface Snapshot {
  readonly settings: Settings;
  readonly step: number;
  readonly course: Course;
  readonly parameters: ReadonlyMap<string, Values>;
  /** Of the last step; none before the first. */
  readonly gradients: ReadonlyMap<string, Values>;
  /** SHA-256 of the parameters at steps where training rested or that the record has. */
  readonly hashes: ReadonlyMap<number, string>;
  /** Images a second while training, null before. */
  readonly speed: number | null;
  /** The training before it, with other settings. */
  readonly before: Course | null;
  /** The step that ended in numbers without end, null where none did. */
  readonly diverged: number | null;
}

export interface State {
  readonly settings: Settings;
  /** Training goes on, or back, to this step. */
  readonly target: number;
  /** Index among the held-out images. */
  readonly digit: number;
  /** Null before training begins. */
  readonly shown: Snapshot | null;
}

export const firstState: State = { settings: firstSettings, target: 0, digit: 100, shown: null };

export const emptyCourse: Course = { losses: [], accuracies: [], heldOut: [] };

/** A course without the steps after `step`. */
export function cutCourse({ losses, accuracies, heldOut }: Course, step: number): Course {
  return {
    losses: losses.slice(0, step),
    accuracies: accuracies.slice(0, step),
    heldOut: heldOut.filter(([at]) => at <= step),
  };
}
