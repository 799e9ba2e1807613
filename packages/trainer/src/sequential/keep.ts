// Everything of a state that a step changes and a later step reads.
import type { SharedState } from '../engine/shared-state.ts';

/** A training after some of its steps, to go back to. */
export interface KeptState {
  /** Steps done. */
  readonly done: number;
  readonly parameters: Uint8Array;
  /** The values of the optimizer for each parameter. */
  readonly optimizer: readonly Uint8Array[];
  readonly scalars: Float64Array;
}

export function keepState(state: SharedState, done: number): KeptState {
  const { parameters, optimizer } = regionsOf(state);
  return {
    done,
    parameters: parameters.slice(),
    optimizer: optimizer.map((values) => values.slice()),
    scalars: state.statistics.optimizer.slice(),
  };
}

export function restoreKept(state: SharedState, kept: KeptState): void {
  const { parameters, optimizer } = regionsOf(state);
  parameters.set(kept.parameters);
  optimizer.forEach((values, k) => values.set(kept.optimizer[k]));
  state.statistics.optimizer.set(kept.scalars);
}

/** Views of the memory; buffers lie after the parameters. */
function regionsOf({ plan, memory }: SharedState) {
  const { bases, states } = plan.map;
  const { sizeBytes, storedBytes } = plan.layout;
  const viewOf = (start: number, bytes: number) => new Uint8Array(memory.buffer, start, bytes);
  return {
    parameters: viewOf(bases.parameters, storedBytes),
    optimizer: states.map((start) => viewOf(start, sizeBytes)),
  };
}
