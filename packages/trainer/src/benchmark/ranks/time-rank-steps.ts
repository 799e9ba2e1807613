import { createEngine } from '../../engine/create-engine.ts';
import type { RankLink } from '../../ranks/rank-link.ts';
import { prepareBenchmark, type MeasuredModel } from '../prepare.ts';
import { countSlices, median } from '../run-slices.ts';

/** How long steps of all ranks took. */
export interface RankSteps {
  /** The median of slices, by this rank's clock. */
  readonly millisecondsPerStep: number;
  /** Bytes that this rank gave to others in a step. */
  readonly sentBytes: number;
}

/** Times steps of all ranks together, so many slices after a third as many; all of them call it alike. */
export async function timeRankSteps(
  measured: MeasuredModel,
  link: RankLink,
  slices: number,
): Promise<RankSteps> {
  const state = await prepareBenchmark({ ...measured, ranks: link });
  const engine = createEngine(state, measured.workers, { link });
  await countSlices(state, engine, Math.ceil(slices / 3));
  const sentBefore = link.sentBytes();
  const { times, steps } = await countSlices(state, engine, slices);
  const sentBytes = (link.sentBytes() - sentBefore) / steps;
  await engine.close();
  return { millisecondsPerStep: median(times), sentBytes };
}
