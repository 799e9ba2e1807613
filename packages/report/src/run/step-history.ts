export {
  firstOf,
  rangeOf,
  stepsIn,
  type MergedSteps,
  type Ranged,
  type StepPoint,
  type ValueAt,
} from '@convbook/run/history';
