// The time of a training step, layer by layer, as the run measured it in some of its steps.
import type { TimingEvent } from '@convbook/run';

/** Milliseconds a step, added up over workers. */
export interface LayerTime {
  /** The layer, of those computed in one pass the first; or `input`, `loss`. */
  layer: string;
  forward: number;
  /** Gradients of the input and of the weights, and their sum over shards. */
  backward: number;
}

export interface LayerTimes {
  /** Steps they are a mean of. */
  steps: number;
  /** In the order in which a step comes to them. */
  layers: LayerTime[];
}

/** The mean over every timed step, null where none was. */
export function layerTimes(timing: readonly TimingEvent[]): LayerTimes | null {
  const events = timing.filter((event) => event.event === 'profile');
  const steps = events.reduce((sum, event) => sum + event.steps, 0);
  const layers = new Map<string, LayerTime>();
  for (const { layer, direction, milliseconds } of events.flatMap(({ parts }) => parts)) {
    const time = layers.get(layer) ?? { layer, forward: 0, backward: 0 };
    time[direction === 'forward' ? 'forward' : 'backward'] += milliseconds / steps;
    layers.set(layer, time);
  }
  return layers.size === 0 ? null : { steps, layers: [...layers.values()] };
}
