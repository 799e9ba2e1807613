import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { RunDirectoryError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folders.ts';
import { withLock } from './lock.ts';
import { thisProcess } from '@convbook/core/node';

const { pid: endedProcess } = spawnSync(process.execPath, ['--version']);
const since = '2026-01-31T12:00:00.000Z';
const own = { ...thisProcess(), since };
const ended = { ...own, process: endedProcess };
const elsewhere = { ...own, host: 'another' };

/** A directory with the lock of an owner, and what withLock makes of it. */
function locked(owner: unknown) {
  const directory = temporaryFolder();
  const file = path.join(directory, 'lock');
  writeFileSync(file, typeof owner === 'string' ? owner : JSON.stringify(owner));
  const take = (takeOver = false) =>
    withLock(directory, { takeOver }, () => Promise.resolve(readFileSync(file, 'utf8')));
  return { directory, file, take };
}

describe('withLock', () => {
  test('says whose it is while the work goes on, and leaves nothing', async () => {
    const directory = temporaryFolder();
    const file = path.join(directory, 'lock');
    const text = await withLock(directory, {}, () => Promise.resolve(readFileSync(file, 'utf8')));
    expect(JSON.parse(text)).toMatchObject(thisProcess());
    expect(readdirSync(directory)).toEqual([]);
  });

  test('is over where the work fails', async () => {
    const directory = temporaryFolder();
    const failed = withLock(directory, {}, () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow(new Error('no'));
    expect(readdirSync(directory)).toEqual([]);
  });

  test('keeps off a second one, in the same process too', async () => {
    const directory = temporaryFolder();
    await withLock(directory, {}, async () => {
      const second = withLock(directory, { takeOver: true }, () => Promise.resolve());
      await expect(second).rejects.toThrow(
        `${directory}: expected no other process at this run, got process ${process.pid} on "${own.host}" since `,
      );
      await expect(second).rejects.toThrow('; wait until it has ended, or stop it');
    });
  });

  test.each([
    ['has ended', ended],
    ['had the id before another', { ...own, began: '1' }],
    ['was there before the machine was started again', { ...own, boot: 'before' }],
  ])('takes over from a process that %s', async (_, owner) => {
    const { directory, take } = locked(owner);
    expect(JSON.parse(await take())).toMatchObject(thisProcess());
    expect(readdirSync(directory)).toEqual([]);
  });

  test.each([
    ['on another host', elsewhere, `process ${process.pid} on "another" since ${since}`],
    [
      'in another container',
      { ...own, namespace: 'pid:[1]' },
      `process ${process.pid} on "${own.host}" since ${since}`,
    ],
    ['that does not say which', '', 'a lock of 0 characters that does not say which'],
    ['with an id that is a group', { ...own, process: -1 }, 'a lock of '],
  ])('takes over from one %s only when told to', async (_, owner, got) => {
    const { directory, file, take } = locked(owner);
    const before = readFileSync(file, 'utf8');
    await expect(take()).rejects.toThrow(
      `${directory}: expected no other process at this run, got ${got}`,
    );
    await expect(take()).rejects.toThrow('; if it has ended, add --take-over');
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(JSON.parse(await take(true))).toMatchObject(thisProcess());
    expect(readdirSync(directory)).toEqual([]);
  });

  test('goes on where a process was killed while it took over', async () => {
    const { directory, take } = locked(ended);
    const hash = createHash('sha256').update(JSON.stringify(ended)).digest('hex').slice(0, 16);
    writeFileSync(
      path.join(directory, `lock.${hash}`),
      JSON.stringify({ ...ended, since: 'later' }),
    );
    await take();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('removes temporary files that a killed process left', async () => {
    const { directory, take } = locked(ended);
    mkdirSync(path.join(directory, 'checkpoints'));
    const left = [
      'run.json.tmp',
      `lock.${endedProcess}.0a1b2c3d.tmp`,
      'checkpoints/best.safetensors.tmp',
    ];
    for (const name of [...left, 'notes.tmp']) writeFileSync(path.join(directory, name), '');
    await take();
    expect(readdirSync(directory, { recursive: true }).sort()).toEqual([
      'checkpoints',
      'notes.tmp',
    ]);
  });

  test('follows no link in its place', async () => {
    const directory = temporaryFolder();
    const target = path.join(directory, 'target');
    writeFileSync(target, JSON.stringify(ended));
    symlinkSync(target, path.join(directory, 'lock'));
    await expect(withLock(directory, {}, () => Promise.resolve())).rejects.toThrow(
      new RunDirectoryError(
        `${path.join(directory, 'lock')}: expected a file, got a symbolic link (ELOOP); train again, or restore the run directory from a copy`,
      ),
    );
    expect(readFileSync(target, 'utf8')).toBe(JSON.stringify(ended));
  });

  test('leaves a lock that another has taken over', async () => {
    const { file, take } = locked(ended);
    await withLock(path.dirname(file), {}, () => {
      writeFileSync(file, JSON.stringify(elsewhere));
      return Promise.resolve();
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(elsewhere);
    await expect(take()).rejects.toThrow(RunDirectoryError);
  });

  test('of three processes that take over at once, one is there at a time', async () => {
    const { directory } = locked(ended);
    const script = fileURLToPath(new URL('../testing/contend.ts', import.meta.url));
    const words = ['--import', 'tsx', script, directory, String(endedProcess), '100'];
    const found = await Promise.all(
      [1, 2, 3].map(() => promisify(execFile)(process.execPath, words)),
    );
    const outcomes = found.map(({ stdout }) => JSON.parse(stdout) as { wasRefused: boolean });
    expect(outcomes.map((outcome) => outcome)).toMatchObject([1, 2, 3].map(() => ({ alone: 100 })));
    expect(outcomes.some(({ wasRefused }) => wasRefused)).toBe(true);
    expect(existsSync(path.join(directory, 'inside'))).toBe(false);
  });
});
