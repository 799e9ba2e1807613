import type { ModelSpec } from '../model/model.ts';
import { alexnet, alexnetMini } from './alexnet.ts';
import { batchedCnn } from './batched-cnn.ts';
import { kerasFigure } from './keras-figure.ts';
import { lenet } from './lenet.ts';
import { mnistBest } from './mnist-best.ts';
import { simpleConvnet } from './simple-convnet.ts';
import { taewan, taewanFc } from './taewan.ts';
import { tfTutorial } from './tf-tutorial.ts';
import { twoStage } from './two-stage.ts';

/** The models of the texts, and one of ours, by name, for `--model NAME`. */
export const presets: Readonly<Record<string, ModelSpec>> = {
  'simple-convnet': simpleConvnet,
  taewan,
  'taewan-fc': taewanFc,
  'keras-figure': kerasFigure,
  'tf-tutorial': tfTutorial,
  'two-stage': twoStage,
  'batched-cnn': batchedCnn,
  lenet,
  alexnet,
  'alexnet-mini': alexnetMini,
  'mnist-best': mnistBest,
};
