// Presets that do not train with the defaults of all others.
import { softmaxCrossEntropy, type TrainingSettings } from '@convbook/run/settings';

/** What settings of a preset follow from: the samples trained on, and the size of an image. */
export interface DataSize {
  readonly samples: number;
  readonly height: number;
  readonly width: number;
}

const photos: TrainingSettings = { loss: softmaxCrossEntropy({ labelSmoothing: 0.1 }) };

/** Settings of presets, whatever the data. */
export const presetSettings: Readonly<Record<string, TrainingSettings>> = {
  // Its first layer adds up 1,209 pixels, all of them positive: one step of Adam at 0.004 moves every
  // such sum by more than 2, and rectified units die.
  'taewan-fc': { epochs: 16, learningRate: 0.0005 },
  'photo-net': photos,
  'resnet-mini': photos,
};

/** Settings of presets that follow from the data, and how help says them. */
export const fittedSettings: Readonly<
  Record<string, { from(size: DataSize): TrainingSettings; help: Record<string, string> }>
> = {
  'photo-net': {
    from: photoSettings,
    help: {
      epochs: 'as many as show 100,000 images of 64 × 64 or the like, from 10 to 100',
      batchSize: '32 for less than 4,000 samples, else 64',
      augment: 'crop by a sixteenth of the image, rotation=10,scale=0.1',
    },
  },
};

/** Pixels that a training shows the network, all images together: two minutes on two cores. */
const shownPixels = 100_000 * 64 * 64;

function photoSettings({ samples, height, width }: DataSize): TrainingSettings {
  const epochs = Math.round(shownPixels / (samples * height * width));
  return {
    epochs: Math.min(100, Math.max(10, epochs)),
    batchSize: samples < 4000 ? 32 : 64,
    augment: { crop: Math.floor(Math.min(height, width) / 16), rotation: 10, scale: 0.1 },
  };
}
