import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { expect, test } from 'vitest';
import { resolveRun } from './resolve-run.ts';
import { temporaryDirectory } from '../testing/folders.ts';

const root = temporaryDirectory();
const places = { from: join(root, 'typed'), reports: join(root, 'reports') };
for (const run of ['typed/here', 'typed/both', 'reports/both', 'reports/named']) {
  mkdirSync(join(root, run), { recursive: true });
  writeFileSync(join(root, run, 'run.json'), '{}');
}
mkdirSync(join(root, 'typed/named'));

test.each([
  ['a path from where the command was typed', 'here', 'typed/here'],
  ['a path upwards', '../reports/named/', 'reports/named'],
  ['a path before a name', 'both', 'typed/both'],
  ['a name before a directory without a run', 'named', 'reports/named'],
])('takes %s', (_, run, expected) => {
  expect(resolveRun(run, places)).toBe(join(root, expected));
});

test('refuses an unknown run and names some that are there', () => {
  expect(() => resolveRun('nope', places)).toThrow(
    new ConfigurationError(
      'RUN: expected the path of a run directory or a name under reports/, got "nope"; runs there are both and named',
    ),
  );
  expect(() => resolveRun('nope', { from: root, reports: join(root, 'none') })).toThrow(
    new ConfigurationError(
      'RUN: expected the path of a run directory or a name under reports/, got "nope"; there are no runs yet, make one with pnpm train',
    ),
  );
});
