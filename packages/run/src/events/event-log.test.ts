import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { countEvents, lastEvent, openEventLog, wholeLines } from './event-log.ts';

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

  const advice = 'free space, mend permissions or choose another --out';
  test.each([
    ['in a folder that is missing', 'missing/log.ndjson', 0, 'ENOENT'],
    ['below a file', 'file/log.ndjson', 0, 'ENOTDIR'],
    ['that is a folder', '', 0, 'EISDIR'],
    ['that should have a size and is missing', 'log.ndjson', 5, 'ENOENT'],
  ])('refuses a file %s', (_, name, sizeBytes, code) => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');
    const file = path.join(folder, name);
    expect(() => openEventLog(file, sizeBytes)).toThrow(
      new RunDirectoryError(`${file}: cannot be written, got ${code}; ${advice}`),
    );
  });
});

describe('a log that is read', () => {
  // Lines of 400 bytes in more than two blocks of 1 MiB.
  const filling = 'x'.repeat(380);
  const lines = Array.from({ length: 6000 }, (_, k) =>
    JSON.stringify({ event: k % 3 === 0 ? 'epoch' : 'step', k, filling }),
  );
  const written = (text: string) => {
    const file = path.join(temporaryFolder(), 'log.ndjson');
    writeFileSync(file, text);
    return { file, size: Buffer.byteLength(text) };
  };
  const text = `${lines.join('\n')}\n`;

  test('wholeLines leaves out a line without an end', () => {
    expect(wholeLines(written(`${text}${'y'.repeat(3e6)}`).file)).toBe(text.length);
    expect(wholeLines(written('').file)).toBe(0);
  });

  test('lastEvent finds the last of a kind', () => {
    const { file } = written(`${text}{"event":"ep`);
    expect(lastEvent<{ event: string; k: number }, string>(file, 'epoch')?.k).toBe(5997);
    expect(lastEvent(file, 'fault')).toBeUndefined();
  });

  test('countEvents counts a kind up to a place', async () => {
    const { file, size } = written(text);
    expect(await countEvents(file, size, 'step')).toBe(4000);
    expect(await countEvents(file, lines[0].length + lines[1].length + 2, 'step')).toBe(1);
    expect(await countEvents(file, 0, 'step')).toBe(0);
  });

  test.each([
    ['a line that is no event', `${text}[]\n`, 0, '[]'],
    ['a place within a line', `${text}{"event":"step"}\n`, 5, '{"event":"st'],
  ])('countEvents refuses %s', async (_, changed, missing, shown) => {
    const { file, size } = written(changed);
    await expect(countEvents(file, size - missing, 'step')).rejects.toThrow(
      new RunDirectoryError(
        `${file}: expected an event in line 6001, got ${JSON.stringify(shown)}; the file is damaged`,
      ),
    );
  });
});
