export { camLayer, gradCam, gradCamSteps } from './grad-cam.ts';
export type { CamLayer } from './grad-cam.ts';
export {
  ascendingImages,
  ascent,
  ascentPasses,
  excitingImages,
  meansOfMaps,
} from './exciting-images.ts';
export type { ExcitingImage } from './exciting-images.ts';
export { forAnswers, inputGradient } from './input-gradient.ts';
export { occlusion, occlusionSteps } from './occlusion.ts';
export type { Covered, Occlusion, OcclusionSettings } from './occlusion.ts';
export { inputField, receptiveField, throughWindow } from './receptive-field.ts';
export type { ReceptiveField } from './receptive-field.ts';
export { saliency, saliencySteps } from './saliency.ts';
export type { Steps } from './steps.ts';
export { topPatches } from './top-patches.ts';
export type { LayerPatches, Patch } from './top-patches.ts';
