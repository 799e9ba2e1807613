import { describe, expect, test } from 'vitest';
import { ConfigurationError, DataError, DivergedError, RunDirectoryError } from './errors.ts';

describe('errors', () => {
  test.each([
    [ConfigurationError, 'ConfigurationError', 2],
    [DataError, 'DataError', 3],
    [DivergedError, 'DivergedError', 4],
    [RunDirectoryError, 'RunDirectoryError', 5],
  ] as const)('%o is named %s and maps to exit code %i', (Class, name, exitCode) => {
    const cause = new Error('first');
    const error = new Class('what', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name, exitCode, message: 'what', cause });
    expect(String(error)).toBe(`${name}: what`);
  });
});
