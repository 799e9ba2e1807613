// The words of rank 0 and of the others before the first step. Rank 0 alone reads the run directory and the
// source of `--from`; the others need neither.
import type { Sampling } from '@convbook/data';
import type { ModelSpec } from '@convbook/layers';
import type { RecordedRank, RunRecord } from '@convbook/run';
import type { StartFacts } from '../engine/shared-state.ts';
import type { Facts } from './agreement.ts';

/** The run that rank 0 is about to begin or to go on with. */
export interface Beginning {
  readonly model: Pick<ModelSpec, 'name' | 'input' | 'layers'>;
  /** Of a run that goes on: its data and settings; null for a new one. */
  readonly recorded: Pick<RunRecord, 'data' | 'configuration'> | null;
  /** The setting as the source of `--from` decides it. */
  readonly standardize: boolean | null;
}

/** A run that goes on, as rank 0 reads it. */
export function beginningOf({ model, data, configuration }: RunRecord): Beginning {
  return { model, recorded: { data, configuration }, standardize: null };
}

/** A state is prepared from this, besides model, data and settings. */
export interface Preparation {
  readonly sampling: Sampling;
  readonly start: StartFacts | null;
}

/** First round. */
export interface Met {
  readonly facts: Facts;
  /** Of rank 0 alone. */
  readonly beginning: Beginning | null;
}

/** Second round, once every rank has data. */
export interface Agreed {
  readonly facts: Facts;
  readonly own: Pick<RecordedRank, 'workers'>;
  /** Of rank 0 alone. */
  readonly preparation: Preparation | null;
}
