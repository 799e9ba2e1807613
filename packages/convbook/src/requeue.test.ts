import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { describe, expect, test } from 'vitest';
import { begunText, endCode, requeuedRun } from './requeue.ts';

describe('requeuedRun', () => {
  test('finds the run of --out once there is one', () => {
    const out = path.join(temporaryFolder(), 'run');
    expect(requeuedRun(out)).toBeNull();
    writeSyntheticRun(out);
    expect(requeuedRun(out)).toBe(out);
    expect(begunText(out)).toBe(`${out}: the run is complete already`);
    writeSyntheticRun(out, { status: 'interrupted' });
    expect(begunText(out)).toBeNull();
    expect(begunText(out, true)).toBe(`${out}: the run goes on`);
  });

  test('needs a folder that stays', () => {
    expect(() => requeuedRun(undefined)).toThrow(
      new ConfigurationError(
        '--requeue: expected --out with it, the folder in which the next start finds the run, got none; add --out DIR',
      ),
    );
  });
});

test.each([
  [0, 'complete', null, false],
  [130, 'complete', 130, false],
  [143, 'interrupted', 143, false],
  [143, 'interrupted', null, false],
  [0, 'complete', null, true],
  [0, 'complete', 75, true],
  [75, 'interrupted', 75, true],
  [75, 'interrupted', null, true],
] as const)('exit code %i: %s, signal %s, to be requeued: %s', (code, status, signal, requeue) => {
  expect(endCode({ status }, signal, requeue)).toBe(code);
});
