// The events of metrics.ndjson as pages need them, however many the log has.
import type { MetricsEvent } from '@convbook/run';
import { createEpochHistory } from './epoch-history.ts';
import type { EpochEvent, LayersEvent, LayerNorms } from './run.ts';
import { createStepHistory, type StepPoint } from './step-history.ts';
import { createThinnedList } from './thinned-list.ts';

/** Most layers in all events that are kept, and most events: below, a run has each. */
const mostLayers = 2 ** 17;
const mostNorms = 2 ** 10;

export interface MetricsHistory {
  add(event: MetricsEvent): void;
  /** What the log says, as fields of a `Run`. */
  facts(): MetricsFacts;
}

export interface MetricsFacts {
  stepsPerEpoch: number | null;
  steps: StepPoint[];
  stepsPerPoint: number;
  stepCount: number;
  epochs: EpochEvent[];
  epochCount: number;
  layerNorms: LayerNorms[];
}

export function createMetricsHistory(): MetricsHistory {
  let stepsPerEpoch: number | null = null;
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
      if (event.event === 'start') stepsPerEpoch ??= event.stepsPerEpoch;
      else if (event.event === 'step') steps.add((rate = event));
      else if (event.event === 'epoch') epochs.add(event);
      else if (event.event === 'layers') {
        norms.add(
          rate?.step === event.step ? { ...event, learningRate: rate.learningRate } : event,
        );
      }
    },
    facts: () => ({
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
