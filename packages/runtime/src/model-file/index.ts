export { describeModel, type DescribedRun, type ModelDescription } from './description.ts';
export { parseModelDescription } from './parse-description.ts';
