// The events of metrics.ndjson in bounded memory, however many the log has.
import type { EpochEvent, LayersEvent, MetricsEvent } from '../events/events.ts';
import { createEpochHistory } from './epoch-history.ts';
import { createStepHistory, type StepPoint } from './step-history.ts';
import { createThinnedList } from './thinned-list.ts';

/** Most layers in all events that are kept, and most events: below, a run has each. */
const mostLayers = 131_072;
const mostNorms = 1024;

export interface MetricsHistory {
  add(event: MetricsEvent): void;
  /** The history of the log so far. */
  facts(): MetricsFacts;
}

/** Norms of each layer at one step, and the step's learning rate where the log has it. */
export interface LayerNorms extends LayersEvent {
  learningRate?: number;
}

export interface MetricsFacts {
  /** The run that the log says it is of, undefined where it does not. */
  fingerprint: string | undefined;
  /** Steps of one epoch as the trainer planned them, null when no step was begun. */
  stepsPerEpoch: number | null;
  /** Each step; where there are more than 16,384, neighbours as one point. */
  steps: StepPoint[];
  /** Steps that each point stands for, but perhaps the last: 1, or a power of two. */
  stepsPerPoint: number;
  /** Steps and epochs that the run took, however many are kept. */
  stepCount: number;
  epochCount: number;
  /** Each epoch; where there are more than 1024, every n-th, the first, the last and the best. */
  epochs: EpochEvent[];
  /** Each `layers` event; of very many every n-th. */
  layerNorms: LayerNorms[];
}

export function createMetricsHistory(): MetricsHistory {
  let stepsPerEpoch: number | null = null;
  let fingerprint: string | undefined;
  let rate: { step: number; learningRate: number } | null = null;
  const steps = createStepHistory();
  const epochs = createEpochHistory<EpochEvent>([
    ({ testAccuracy }) => -testAccuracy,
    ({ testLoss }) => testLoss,
    ({ validationLoss }) => validationLoss,
  ]);
  const norms = createThinnedList<LayerNorms>({
    most: mostLayers,
    weigh: ({ layers }) => Math.max(mostLayers / mostNorms, layers.length),
    isPinned: createStillSeeker(),
  });
  return {
    add(event) {
      if (event.event === 'start') {
        stepsPerEpoch ??= event.stepsPerEpoch;
        fingerprint ??= event.fingerprint;
      } else if (event.event === 'step') steps.add((rate = event));
      else if (event.event === 'epoch') epochs.add(event);
      else if (event.event === 'layers') {
        norms.add(
          rate?.step === event.step ? { ...event, learningRate: rate.learningRate } : event,
        );
      }
    },
    facts: () => ({
      fingerprint,
      stepsPerEpoch,
      steps: steps.points(),
      stepsPerPoint: steps.stepsPerPoint,
      stepCount: steps.count,
      epochs: epochs.list(),
      epochCount: epochs.count,
      layerNorms: norms.list(),
    }),
  };
}

/** Finds the events in which a layer's gradient is 0 for the first time: the page names such layers. */
function createStillSeeker(): (event: LayersEvent) => boolean {
  const still = new Set<string>();
  return ({ step, layers }) => {
    const found = layers.filter(
      ({ name, gradientNorm }) => step > 1 && gradientNorm === 0 && !still.has(name),
    );
    for (const { name } of found) still.add(name);
    return found.length > 0;
  };
}
