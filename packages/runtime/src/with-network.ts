// `@convbook/runtime/network`: what `loadModel` is made of, for code that brings its own kernels or looks at layers.
export { toAnswer } from './answer.ts';
export type { Answer, ClassProbability } from './answer.ts';
export { classesText } from './classes-text.ts';
export { layerRows } from './layer-rows.ts';
export type { LayerRow } from './layer-rows.ts';
export { loadNetwork } from './load/load-network.ts';
export type { LoadedNetwork, ModelFiles } from './load/load-network.ts';
export { createModel } from './loaded-model.ts';
export type { LoadedModel } from './loaded-model.ts';
export { describeModel, parseModelDescription } from './model-file/index.ts';
export type { ModelDescription } from './model-file/index.ts';
export type { InputOptions, ModelInput, PixelData } from './model-input.ts';
export { forward, partOf, toInput } from './network.ts';
export type { Network } from './network.ts';
export { doubtsOf, pictureSteps, readDrawing, readingText, readPicture } from './picture/index.ts';
export type {
  PictureChoices,
  PictureDoubt,
  PictureReading,
  PictureStep,
  Pixels,
} from './picture/index.ts';
export type { Outputs } from './outputs.ts';
export { createPredictor } from './predictor.ts';
export type { InnerValues, LayerValues, Predictor, PredictorAnswer } from './predictor.ts';
export { softmax } from './softmax.ts';
