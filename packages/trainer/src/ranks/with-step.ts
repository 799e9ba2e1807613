import { createPosition } from '../engine/control/position.ts';
import type { SharedState } from '../engine/shared-state.ts';
import type { RankLink } from './rank-link.ts';

/** Milliseconds between two looks. */
const lookEvery = 100;

/** Runs a job; meanwhile the link learns which step is done, for the line that tells of a lost rank. */
export async function withStep<Result>(
  link: RankLink,
  { control }: Pick<SharedState, 'control'>,
  run: () => Promise<Result>,
): Promise<Result> {
  const position = createPosition(control);
  const tell = () => link.atStep(position.stepsDone());
  tell();
  const timer = setInterval(tell, lookEvery);
  try {
    return await run();
  } finally {
    clearInterval(timer);
  }
}
