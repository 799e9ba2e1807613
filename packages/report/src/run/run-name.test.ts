import { expect, test } from 'vitest';
import { isRunName } from './run-name.ts';

test.each([
  ['2026-01-31T23-59-58-simple-convnet', true],
  ['..hidden', true],
  ['a b </script>'.replace('/', ''), true],
  ['', false],
  ['.', false],
  ['..', false],
  ['../secret', false],
  ['a/../../secret', false],
  ['..\\secret', false],
  ['/etc', false],
  ['a\0', false],
])('isRunName(%j) is %j', (run, expected) => {
  expect(isRunName(run)).toBe(expected);
});
