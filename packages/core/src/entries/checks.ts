export {
  checkFunction,
  checkImageShape,
  checkObject,
  checkOptionNames,
  checkPath,
} from '../arguments.ts';
export { findJsonProblem } from '../json-tokens.ts';
export type { JsonProblem, JsonRules } from '../json-tokens.ts';
export { printable, showValue } from '../printable.ts';
export {
  aboveZero,
  anyNumber,
  atLeastZero,
  atMost,
  belowOne,
  checkNumber,
  upToOne,
  wholeAtLeastZero,
  wholeAboveZero,
} from '../expected.ts';
export type { Expected } from '../expected.ts';
export { typedCommand } from '../typed-command.ts';
