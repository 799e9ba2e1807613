// Named sets of defaults: a model and how to train it. Their numbers were chosen on held-out training
// samples (`--validation 5000`), never on the test set.
import {
  checkName,
  lamb,
  softmaxCrossEntropy,
  type TrainingSettings,
} from '@convbook/run/settings';
import { fittedSettings, presetSettings, type DataSize } from './preset-settings.ts';

/** A named set of defaults. */
export interface Recipe {
  /** Its purpose in a few words. */
  readonly purpose: string;
  /** The preset it was made for. */
  readonly model: string;
  readonly settings: TrainingSettings;
}

/** The recipes `--recipe` knows. */
export const recipes = {
  fast: {
    purpose: '99.0% soon',
    model: 'two-stage',
    settings: { epochs: 2, learningRate: 0.02, weightDecay: 0.1, augment: { shift: 1 } },
  },
  best: {
    purpose: '99.6%',
    model: 'mnist-best',
    settings: {
      epochs: 18,
      learningRate: 0.01,
      weightDecay: 0.1,
      loss: softmaxCrossEntropy({ labelSmoothing: 0.05 }),
      augment: { shift: 2, rotation: 10, scale: 0.1, elastic: 1 },
    },
  },
  // simple-convnet, 10,000 images, 2 epochs of 1,024 samples a step, held out: linear 90.1%, root 83.4%; LAMB at 0.2
  // 76.0%, at 0.1 61.3%, and 50.3% with 4,096 after 3 epochs, where AdamW has 28.5%.
  'large-batch': {
    purpose: 'batches of 1,024, to be changed by --batch-size',
    model: 'simple-convnet',
    settings: { epochs: 8, batchSize: 1024, scaleRate: 'sqrt', baseBatch: 100 },
  },
  'large-batch-lamb': {
    purpose: 'the same by LAMB',
    model: 'simple-convnet',
    settings: {
      epochs: 8,
      batchSize: 1024,
      optimizer: lamb(),
      learningRate: 0.03,
      scaleRate: 'sqrt',
      baseBatch: 100,
    },
  },
} satisfies Record<string, Recipe>;

/**
 * The recipe of a name.
 *
 * @throws ConfigurationError when there is no such recipe.
 */
export function toRecipe(name: string): Recipe {
  return recipes[checkName('recipe', name, recipes)];
}

/**
 * The settings with the recipe's, or else the preset's, where none are given. With another optimizer,
 * learning rate and weight decay of those are left out: they are their own optimizer's.
 *
 * @param size Without it, what follows from the data is left out.
 * @throws ConfigurationError when there is no such recipe.
 */
export function withDefaults<Settings extends TrainingSettings>(
  settings: Settings,
  model: string,
  size?: DataSize,
): Settings {
  const { recipe } = settings;
  const defaults = recipe == null ? ownSettings(model, size) : toRecipe(recipe).settings;
  if (defaults === undefined) return settings;
  const { learningRate, weightDecay, ...rest } = defaults;
  const own = settings.optimizer === undefined ? { learningRate, weightDecay } : {};
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return {
    ...settings,
    ...baseOf(settings, defaults),
    ...rest,
    ...own,
    ...Object.fromEntries(given),
  };
}

/** The batch that the rate is for, where one is to be scaled: the one that the defaults have. */
function baseOf({ scaleRate }: TrainingSettings, { batchSize }: TrainingSettings) {
  return scaleRate == null || batchSize === undefined ? {} : { baseBatch: batchSize };
}

function ownSettings(model: string, size?: DataSize): TrainingSettings | undefined {
  const fitted = size && fittedSettings[model]?.from(size);
  return fitted ? { ...presetSettings[model], ...fitted } : presetSettings[model];
}
