// For apps: a model loaded, its answers, and how it read a picture.
export { ConfigurationError } from '@convbook/core';
export type { Answer, ClassProbability } from './answer.ts';
export type { FileSource } from './load/source.ts';
export type { ModelFiles } from './load/load-network.ts';
export { loadModel, type LoadOptions } from './load-model.ts';
export type { LoadedModel } from './loaded-model.ts';
export { describeModel, parseModelDescription } from './model-file/index.ts';
export type { DescribedRun, ModelDescription } from './model-file/index.ts';
export { ModelFileError } from './model-file-error.ts';
export type { InputOptions, ModelInput, PixelData } from './model-input.ts';
export { doubtsOf, pictureSteps } from './picture/index.ts';
export type { PictureChoices, PictureDoubt, PictureReading, PictureStep } from './picture/index.ts';
