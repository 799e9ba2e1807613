import { prepareState } from '../loop/prepare-state.ts';
import type { SharedState } from '../engine/shared-state.ts';
import type { AgreedRun, Lead } from './lead.ts';

/** Prepares a state: with other ranks once they agree, and until each has one. */
export async function prepareTogether(lead: Lead | null, run: AgreedRun): Promise<SharedState> {
  const { model, data, configuration, workers, sampling, start } = run;
  await lead?.agree(run);
  const parts = { sampling, start, ranks: lead?.link };
  const state = await prepareState(model, data, configuration, workers, parts);
  await lead?.ready();
  return state;
}
