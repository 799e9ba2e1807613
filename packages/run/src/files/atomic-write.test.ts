import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import { writeFileAtomic } from './atomic-write.ts';

const advice = 'free space, mend permissions or choose another --out';

describe('writeFileAtomic', () => {
  test('writes text and bytes, replaces what was there and leaves nothing beside it', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'file');
    await writeFileAtomic(file, 'a long old text');
    await writeFileAtomic(file, [Uint8Array.of(1, 2), Uint8Array.of(255)]);
    expect([...readFileSync(file)]).toEqual([1, 2, 255]);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('refuses a folder that is missing', async () => {
    const file = path.join(temporaryFolder(), 'removed', 'file');
    await expect(writeFileAtomic(file, 'new')).rejects.toThrow(
      new RunDirectoryError(`${file}: cannot be written, got ENOENT; ${advice}`),
    );
  });

  test('refuses a folder in the way and leaves it, and nothing half written', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'file');
    mkdirSync(file);
    await expect(writeFileAtomic(file, 'new')).rejects.toThrow(
      new RunDirectoryError(`${file}: cannot be written, got EISDIR; ${advice}`),
    );
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readdirSync(file)).toEqual([]);
  });

  test('the old file is whole where the new one cannot be written', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'file');
    await writeFileAtomic(file, 'old');
    // Where the temporary file should be.
    mkdirSync(`${file}.tmp`);
    const failed = writeFileAtomic(file, 'new');
    await expect(failed).rejects.toThrow(
      new RunDirectoryError(`${file}: cannot be written, got EISDIR; ${advice}`),
    );
    await expect(failed).rejects.toMatchObject({ cause: { code: 'EISDIR' } });
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test('a disk that is full is fatal, and the old file is whole', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'file');
    await writeFileAtomic(file, 'old');
    // Linux refuses every write to this device as a full disk does.
    symlinkSync('/dev/full', `${file}.tmp`);
    await expect(writeFileAtomic(file, 'new')).rejects.toThrow(
      new RunDirectoryError(`${file}: cannot be written, got ENOSPC; ${advice}`),
    );
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
