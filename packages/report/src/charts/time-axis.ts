import type { Place } from '@convbook/page/charts';
import type { Run } from '@convbook/run';

/** The horizontal axis that all training charts share. */
export interface TimeAxis {
  /** Where a step or the end of an epoch lies. */
  ofStep(step: number): number;
  ofEpoch(epoch: number): number;
  /** Encoding channel of the axis. */
  channel: object;
  /** How a place on it is told. */
  place: Place;
}

/** Epochs, from 0 to where the run came; steps before the end of the first epoch. */
export function timeAxis({ stepsPerEpoch, steps, stepCount, epochs }: Run): TimeAxis {
  const last = steps.at(-1)?.step ?? 0;
  const perEpoch = stepsPerEpoch ?? stepCount;
  const inEpochs = epochs.length > 0 && perEpoch > 0;
  const unit = inEpochs ? perEpoch : 1;
  const end = inEpochs ? Math.max(last / perEpoch, epochs[epochs.length - 1].epoch) : last;
  const stride = Math.max(1, Math.ceil(end / 10));
  const values = Array.from({ length: Math.floor(end / stride) + 1 }, (_, k) => k * stride);
  return {
    ofStep: (step) => step / unit,
    ofEpoch: (epoch) => (epoch * perEpoch) / unit,
    channel: {
      field: 'x',
      type: 'quantitative',
      title: inEpochs ? { en: 'epoch', ko: '에폭' } : { en: 'step', ko: '스텝' },
      scale: { domain: [0, end], nice: false },
      axis: { values, format: ',.0f' },
    },
    place: inEpochs
      ? { text: { en: 'epoch #', ko: '#에폭' }, format: 'count', stepsPerUnit: perEpoch }
      : { text: { en: 'step #', ko: '#스텝' }, format: 'count' },
  };
}
