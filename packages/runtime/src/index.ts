export { centerDigit, fitImage } from './fit-image.ts';
export type { Pixels } from './fit-image.ts';
export { layerRows } from './layer-rows.ts';
export type { LayerRow } from './layer-rows.ts';
export { forward, partOf, toInput } from './network.ts';
export type { Network } from './network.ts';
export { createPredictor } from './predictor.ts';
export type { Answer, LayerValues, Predictor } from './predictor.ts';
export { splitParameters } from './split-parameters.ts';
