import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError, RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import { createRunDirectory, newRunDirectory } from './run-directory.ts';

describe('createRunDirectory', () => {
  test.each([
    ['an empty folder', ''],
    ['a new one', 'run'],
    ['a new one in a new one', 'reports/run'],
  ])('makes %s a run directory', async (_, name) => {
    const directory = path.join(temporaryFolder(), name);
    await createRunDirectory(directory);
    expect(readdirSync(directory).sort()).toEqual(['checkpoints', 'snapshots']);
  });

  test.each(['run.json', '.hidden'])(
    'refuses a folder that holds %s, and leaves it',
    async (name) => {
      const directory = temporaryFolder();
      writeFileSync(path.join(directory, name), 'old');
      await expect(createRunDirectory(directory)).rejects.toThrow(
        new ConfigurationError(
          `${directory}: expected an empty or new folder, got one with files in it; choose another --out`,
        ),
      );
      expect(readdirSync(directory)).toEqual([name]);
      expect(readFileSync(path.join(directory, name), 'utf8')).toBe('old');
    },
  );

  test.each([
    ['below a file', 'file/run', 'a folder above it'],
    ['that is a file', 'file', 'an empty or new folder'],
  ])('refuses a folder %s', async (_, name, expected) => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), 'old');
    const directory = path.join(folder, name);
    await expect(createRunDirectory(directory)).rejects.toThrow(
      new RunDirectoryError(`${directory}: expected ${expected}, got a file; choose another --out`),
    );
    expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('old');
  });
});

describe('newRunDirectory', () => {
  const at = new Date(Date.UTC(2026, 0, 31, 23, 59, 58, 999));

  test('is named for the time in UTC and the model', () => {
    const reports = temporaryFolder();
    const want = path.join(reports, '2026-01-31T23-59-58-simple-convnet');
    expect(newRunDirectory(reports, 'simple-convnet', at)).toBe(want);
    expect(existsSync(want)).toBe(false);
  });

  test('has no sign of the model’s name that a path cannot have', () => {
    const reports = temporaryFolder();
    const want = path.join(reports, '2026-01-31T23-59-58-..-my-net-2.0');
    expect(newRunDirectory(reports, '../my net:2.0', at)).toBe(want);
  });

  test('is numbered where another run has the name', () => {
    const reports = temporaryFolder();
    for (const ending of ['', '-2', '-3']) {
      const directory = newRunDirectory(reports, 'net', at);
      expect(directory).toBe(path.join(reports, `2026-01-31T23-59-58-net${ending}`));
      mkdirSync(directory);
    }
  });
});
