import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import { openEventLog } from './event-log.ts';

const read = (file: string) => readFileSync(file, 'utf8');

describe('openEventLog', () => {
  test('appends an object a line and counts bytes, not characters', () => {
    const file = path.join(temporaryFolder(), 'log.ndjson');
    const log = openEventLog<{ name: string }>(file, 0);
    log.append({ name: 'a' });
    log.append({ name: 'über' });
    log.sync();
    expect(read(file)).toBe('{"name":"a"}\n{"name":"über"}\n');
    expect(log.sizeBytes).toBe(13 + 17);
    log.close();
  });

  test('opened at a size it is cut back to it and goes on there', () => {
    const file = path.join(temporaryFolder(), 'log.ndjson');
    writeFileSync(file, '{"step":1}\n{"step":2}\n{"st');
    const log = openEventLog<{ step: number }>(file, 11);
    expect(log.sizeBytes).toBe(11);
    expect(read(file)).toBe('{"step":1}\n');
    log.append({ step: 7 });
    log.close();
    expect(read(file)).toBe('{"step":1}\n{"step":7}\n');
  });

  test('opened at 0 it begins anew', () => {
    const file = path.join(temporaryFolder(), 'log.ndjson');
    writeFileSync(file, 'old');
    openEventLog(file, 0).close();
    expect(read(file)).toBe('');
  });

  test.each([
    ['in a folder that is missing', 'missing/log.ndjson', 0, 'ENOENT; check the path'],
    ['below a file', 'file/log.ndjson', 0, 'ENOTDIR; check the path'],
    ['that is a folder', '', 0, 'EISDIR; remove the folder in its place'],
    ['that should have a size and is missing', 'log.ndjson', 5, 'ENOENT; check the path'],
  ])('refuses a file %s', (_, name, sizeBytes, problem) => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');
    const file = path.join(folder, name);
    expect(() => openEventLog(file, sizeBytes)).toThrow(
      new RunDirectoryError(`${file}: cannot be written, got ${problem}`),
    );
  });
});
