import { createPosition } from '../engine/control/position.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { WorkerError } from '../engine/worker-error.ts';
import { exitCodeOf, messageOf, nameOfRank } from './rank-error.ts';
import type { RankLink } from './rank-link.ts';

/** Ends all ranks at once where this one failed while others wait for it, or may. */
export function abortRun(
  link: RankLink,
  { control }: Pick<SharedState, 'control'>,
  error: unknown,
): Promise<never> {
  const running = createPosition(control).stepsDone() + 1;
  const step = error instanceof WorkerError ? error.step : running;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
  const message = `${messageOf(error)}${cause && ` (${cause})`}`;
  const where = `${nameOfRank(link.rank, link.hosts[link.rank])}, step ${step}`;
  return link.abort(`${where}: ${message}; go on with --resume`, exitCodeOf(error));
}
