export type { LayerKind, LayerParameters, LayerReference } from '../calls/layer-kind.ts';
export { lossKinds } from '../losses/registry.ts';
export type { LossOptions } from '../losses/registry.ts';
export type { LossKind, LossPlaces } from '../losses/loss-kind.ts';
export type { LayerFacts } from '../calls/resolved.ts';
