/** The phases there are; shared memory names them by their index here. */
export const phaseNames = [
  'forward and backward',
  'sum over shards',
  'update',
  'evaluation',
  // Before and after the first where layers wait for sums over the whole batch.
  'forward',
  'backward',
  // Before them where something is made of the weights for all shards.
  'prepare',
  // Before the update, where the optimizer has a rate for each weight.
  'trust ratios',
] as const;

export type PhaseName = (typeof phaseNames)[number];
