// Training on the calling thread, in plain memory: for lessons in a page. It does without Node.
export { createDescent } from './create-descent.ts';
export type { Descent, DescentOptions } from './create-descent.ts';
export { createTrainer, createTrainerParts } from './create-trainer.ts';
export type { ParameterView, StepResult, Trainer } from './create-trainer.ts';
export type { KeptState } from './keep.ts';
export type { TrainerData, TrainerOptions } from './trainer-options.ts';
export type { Evaluation } from '../engine/evaluation-means.ts';
export { treeSum } from '../engine/tree-sum.ts';
export type { Images } from '../engine/subset.ts';
