export { train } from './train.ts';
export type { RunEvent, TrainedRun, TrainOptions } from './train.ts';
export type { TrainingSettings } from './configuration.ts';
export { optimizerKinds } from './optimizer.ts';
export type { OptimizerSettings } from './optimizer.ts';
export { learningRateAt, schedules } from './schedule.ts';
export type { Schedule } from './schedule.ts';
