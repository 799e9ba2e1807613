import { execFileSync, spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import { writeFileAtomic } from './atomic-write.ts';

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
      new RunDirectoryError(`${file}: cannot be written, got ENOENT; check the path`),
    );
  });

  test('refuses a folder in the way and leaves it, and nothing half written', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'file');
    mkdirSync(file);
    await expect(writeFileAtomic(file, 'new')).rejects.toThrow(
      new RunDirectoryError(
        `${file}: cannot be written, got EISDIR; remove the folder in its place`,
      ),
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
      new RunDirectoryError(
        `${file}: cannot be written, got EISDIR; remove the folder in its place`,
      ),
    );
    await expect(failed).rejects.toMatchObject({ cause: { code: 'EISDIR' } });
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test('a disk that is full is fatal, and the old file is whole', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'file');
    await writeFileAtomic(file, 'old');
    const before = (call: string) => {
      if (call === 'sync') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    await expect(writeFileAtomic(file, 'new', { before })).rejects.toThrow(
      new RunDirectoryError(`${file}: cannot be written, got ENOSPC; free space`),
    );
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test.each([
    ['the temporary file', '.tmp'],
    ['the file', ''],
  ])('a link in the place of %s is replaced, and its target stays', async (_, ending) => {
    const folder = temporaryFolder();
    const [file, target] = [path.join(folder, 'file'), path.join(folder, 'target')];
    writeFileSync(target, 'of somebody else');
    symlinkSync(target, `${file}${ending}`);
    await writeFileAtomic(file, 'new');
    expect(readFileSync(target, 'utf8')).toBe('of somebody else');
    expect(lstatSync(file).isFile()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['file', 'target']);
  });

  test('a pipe in the place of the temporary file holds nothing up', async () => {
    const file = path.join(temporaryFolder(), 'file');
    execFileSync('mkfifo', [`${file}.tmp`]);
    await writeFileAtomic(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  test('one that several processes write removes what killed ones left, and no other file', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'index.html');
    const { pid: ended } = spawnSync(process.execPath, ['--version']);
    const kept = [`index.html.${process.ppid}.0a1b2c3d.tmp`, `index.html.${ended}.tmp`, 'mine.tmp'];
    const left = [`index.html.${ended}.0a1b2c3d.tmp`, 'index.html.tmp'];
    for (const name of [...kept, ...left]) writeFileSync(path.join(folder, name), '');
    await writeFileAtomic(file, 'new', { shared: true });
    expect(readdirSync(folder).sort()).toEqual(['index.html', ...kept].sort());
  });

  test('one that several processes write leaves nothing where it fails', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'index.html');
    mkdirSync(file);
    await expect(writeFileAtomic(file, 'new', { shared: true })).rejects.toThrow(
      new RunDirectoryError(
        `${file}: cannot be written, got EISDIR; remove the folder in its place`,
      ),
    );
    expect(readdirSync(folder)).toEqual(['index.html']);
  });
});
