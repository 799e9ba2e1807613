// The logs of a run as curves and tables need them, in bounded memory.
export {
  firstOf,
  rangeOf,
  stepsIn,
  type MergedSteps,
  type Ranged,
  type StepPoint,
  type ValueAt,
} from './step-history.ts';
export type { LayerNorms } from './metrics-history.ts';
export type { Log, LogFacts } from './run-logs.ts';
