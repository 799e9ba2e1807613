import { createKernels, type Kernels } from '@convbook/core/kernels';
import { addressOf, basesOf, type RegionBases, type ShardPlan } from '@convbook/layers/plan';
import { createKept, type Kept } from '../control/kept.ts';
import { createPosition, type Position } from '../control/position.ts';
import { createCrossings, type Crossings } from '../exchange/crossings.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { createLayerMeter, type LayerMeter } from '../observe/layer-meter.ts';
import type { SharedState } from '../shared-state.ts';

/** Everything that the phases of one worker have in common. */
export interface PhaseContext {
  readonly state: SharedState;
  readonly kernels: Kernels;
  /** The addresses of this worker, with its own arena. */
  readonly bases: RegionBases;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly position: Position;
  readonly kept: Kept;
  readonly exchange: Exchange;
  readonly crossings: Crossings;
  readonly meter: LayerMeter;
  /** The batch this worker is at. */
  readonly running: { batch: number };
}

export function createPhaseContext(
  state: SharedState,
  worker: number,
  exchange: Exchange,
): PhaseContext {
  const { module, memory, plan, control } = state;
  const bases = basesOf(plan.map, worker);
  return {
    state,
    kernels: createKernels(module, memory),
    bases,
    bytes: new Uint8Array(memory.buffer),
    view: new DataView(memory.buffer),
    position: createPosition(control),
    kept: createKept(control),
    exchange,
    crossings: createCrossings(state, bases, exchange),
    meter: createLayerMeter(state),
    running: { batch: 0 },
  };
}

/** The step, from 1, that is running. */
export function runningStep({ position, running }: PhaseContext): number {
  return position.stepOf(running.batch);
}

/** The loss sum and the correct answers that a shard left. */
export function readResult({ view, bases }: PhaseContext, { result }: ShardPlan) {
  const at = addressOf(result, bases);
  return { loss: view.getFloat64(at, true), correct: view.getInt32(at + 8, true) };
}
