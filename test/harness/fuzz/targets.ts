// Every reader of files that a user may get from elsewhere. The shares are parts of all inputs.
import { checkpointTarget } from './checkpoint.ts';
import { idxTargets } from './idx.ts';
import { largeTarget } from './large.ts';
import { modelTarget } from './model.ts';
import { picturesTarget } from './pictures.ts';
import { runTargets } from './run-files.ts';
import { safetensorsTarget } from './safetensors.ts';
import type { Target } from './target.ts';

export const targets: readonly Target[] = [
  ...idxTargets,
  safetensorsTarget,
  checkpointTarget,
  ...runTargets,
  modelTarget,
  picturesTarget,
  largeTarget,
];
