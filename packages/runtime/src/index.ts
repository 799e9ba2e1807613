export { describeModel, parseModelDescription } from './model-file/index.ts';
export type { DescribedRun, ModelDescription } from './model-file/index.ts';
export { ModelFileError } from './model-file-error.ts';
export { layerRows } from './layer-rows.ts';
export type { LayerRow } from './layer-rows.ts';
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
export { createPredictor } from './predictor.ts';
export type { Answer, LayerValues, Predictor } from './predictor.ts';
export { splitParameters } from './split-parameters.ts';
