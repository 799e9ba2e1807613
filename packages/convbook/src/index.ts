// The library as one door: what a program wants that trains a model and reads the run.
export { ConfigurationError, DataError, DivergedError, RunDirectoryError } from '@convbook/core';
export { loadIdxFolder, loadMnist, synthetic } from '@convbook/data';
export type { Dataset, ImageSet, SyntheticOptions } from '@convbook/data';
export { loadCifar, loadNpz, loadPictureFolder } from '@convbook/data/folder';
export type { ImageSize, PictureFolderOptions, PictureSettings } from '@convbook/data/folder';
export {
  avgPool2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  elu,
  flatten,
  gelu,
  globalAvgPool2d,
  leakyRelu,
  localResponseNorm,
  maxPool2d,
  minPool2d,
  prelu,
  relu,
  residual,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from '@convbook/layers';
export { constant, gaussian, he, lecun, uniformBetween, xavier, zeros } from '@convbook/layers';
export { defineModel, presetFor, presets, simpleConvnet, summarize } from '@convbook/layers';
export type {
  Initializer,
  LayerSpec,
  LayerSummary,
  ModelSpec,
  ModelSummary,
  PresetData,
} from '@convbook/layers';
export { writeComparison, writeNotebook, writeRunsIndex } from '@convbook/report';
export type { ComparisonOptions, NotebookOptions } from '@convbook/report';
export { readRun } from '@convbook/run';
export type { MetricsEvent, Run, RunRecord, RunResult, TimingEvent } from '@convbook/run';
export { recipes, resume, train } from '@convbook/trainer';
export {
  adagrad,
  adam,
  adamw,
  binaryCrossEntropy,
  constantRate,
  cosine,
  huber,
  lamb,
  lars,
  meanAbsolute,
  meanSquared,
  momentum,
  nesterov,
  oneCycle,
  plateau,
  rmsprop,
  sgd,
  softmaxCrossEntropy,
  step,
  warmUp,
} from '@convbook/trainer';
export type {
  Recipe,
  ResumeOptions,
  RunEvent,
  TrainedRun,
  TrainingSettings,
  TrainOptions,
} from '@convbook/trainer';
