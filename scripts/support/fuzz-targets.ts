// Every reader of what a user may get from somewhere. The shares are parts of all inputs.
import { checkpointTarget } from './fuzz-checkpoint.ts';
import { idxTargets } from './fuzz-idx.ts';
import { largeTarget } from './fuzz-large.ts';
import { modelTarget } from './fuzz-model.ts';
import { runTargets } from './fuzz-run-files.ts';
import { safetensorsTarget } from './fuzz-safetensors.ts';
import type { Target } from './fuzz-target.ts';

export const targets: readonly Target[] = [
  ...idxTargets,
  safetensorsTarget,
  checkpointTarget,
  ...runTargets,
  modelTarget,
  largeTarget,
];
