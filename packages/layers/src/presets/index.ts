import { ConfigurationError } from '@convbook/core';
import {
  checkImageShape,
  checkNumber,
  checkObject,
  printable,
  showValue,
  wholeAboveZero,
} from '@convbook/core/checks';
import type { ModelSpec } from '../model/model.ts';
import { alexnet, alexnetMini } from './alexnet.ts';
import { batchedCnn } from './batched-cnn.ts';
import { kerasFigure } from './keras-figure.ts';
import { lenet } from './lenet.ts';
import { mnistBest } from './mnist-best.ts';
import { photoNet } from './photo-net.ts';
import { buildPreset, fitPreset, type Preset, type PresetData } from './preset.ts';
import { resnetMini } from './resnet-mini.ts';
import { simpleConvnet, simpleConvnetPreset } from './simple-convnet.ts';
import { taewan, taewanFc } from './taewan.ts';
import { tfTutorial } from './tf-tutorial.ts';
import { twoStage } from './two-stage.ts';

const all: readonly Preset[] = [
  simpleConvnetPreset,
  taewan,
  taewanFc,
  kerasFigure,
  tfTutorial,
  twoStage,
  batchedCnn,
  lenet,
  alexnet,
  alexnetMini,
  mnistBest,
  photoNet,
  resnetMini,
];

/** The models of the texts, and some of ours, by name, for `--model NAME`. */
export const presets: Readonly<Record<string, ModelSpec>> = {
  ...Object.fromEntries(all.map((preset) => [preset.name, buildPreset(preset)])),
  'simple-convnet': simpleConvnet,
};

/**
 * The preset of a name, built for images of a shape and a number of classes.
 *
 * @throws ConfigurationError when there is no such preset; where a map would vanish, naming the smallest
 * images that would do.
 */
export function presetFor(name: string, data: PresetData): ModelSpec {
  const preset = all.find((one) => one.name === name);
  if (preset) {
    checkPresetData(data);
    return fitPreset(preset, data);
  }
  throw new ConfigurationError(
    `preset: expected one of ${Object.keys(presets).join(', ')}, got ${showValue(name)}`,
  );
}

function checkPresetData(data: PresetData): void {
  const example =
    "presetFor('photo-net', { input: data.sampleShape, classes: data.classNames.length })";
  checkObject('presetFor', data, example);
  // A data set has its shape and classes under other names.
  if (!Object.hasOwn(data, 'input')) {
    const got = Object.keys(data).join(', ');
    throw new ConfigurationError(
      `presetFor: expected the fields input and classes, got ${printable(got)}; write ${example}`,
    );
  }
  if (!Array.isArray(data.input)) checkImageShape('presetFor input', data.input);
  checkNumber('presetFor classes', data.classes, wholeAboveZero);
}
