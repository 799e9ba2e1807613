// One process at a time is at a run directory: its file `lock` says which. It goes when the work is done;
// that of a killed process is replaced.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { showValue } from '@convbook/core/checks';
import { cannotWrite, refuseRunFile } from '../checks/refuse.ts';
import { complaint, nullable, object, text, wholeFrom } from '../checks/fields.ts';
import { stateOfProcess, thisProcess, type ProcessIdentity } from '@convbook/core/node';
import { readText } from './read-file.ts';
import { checkKinds } from './run-kinds.ts';
import { runFiles } from './run-files.ts';
import { ownTemporary, removeTemporaries } from './temporaries.ts';

/** The content of `lock`. */
interface Owner extends ProcessIdentity {
  /** ISO 8601, UTC. */
  since: string;
}

/** How a run directory is locked. */
export interface LockOptions {
  /** Replaces the lock of a process that this one cannot see, on another host or in another container. */
  takeOver?: boolean | undefined;
}

const longestLock = 4096;

const ownerSchema = object({
  host: text,
  boot: nullable(text),
  namespace: nullable(text),
  process: wholeFrom(1),
  began: nullable(text),
  since: text,
});

/**
 * Does what only one process at a time may do in a run directory.
 *
 * @throws RunDirectoryError when another is at it, or may be.
 */
export async function withLock<Value>(
  directory: string,
  { takeOver = false }: LockOptions,
  work: () => Promise<Value>,
): Promise<Value> {
  const file = path.join(directory, runFiles.lock);
  const own: Owner = { ...thisProcess(), since: new Date().toISOString() };
  const content = `${JSON.stringify(own, null, 2)}\n`;
  take(file, content, takeOver);
  const release = () => releaseLock(file, content);
  process.once('exit', release);
  try {
    checkKinds(directory);
    const { checkpoints, snapshots } = runFiles;
    for (const folder of ['', checkpoints, snapshots]) {
      removeTemporaries(path.join(directory, folder), '');
    }
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/**
 * Takes a lock. To replace the one of an ended process it takes a second lock, named for that one: so
 * whoever replaces it is alone, and nobody replaces the new one by mistake.
 */
function take(file: string, content: string, takeOver: boolean): void {
  while (!createLock(file, content)) {
    const found = contentOf(file);
    if (found === null) continue;
    checkEnded(file, found, takeOver);
    const successor = `${file}.${createHash('sha256').update(found).digest('hex').slice(0, 16)}`;
    take(successor, content, takeOver);
    if (contentOf(file) === found) return renameSync(successor, file);
    rmSync(successor);
  }
}

/** Creates the file with all its content at once; false where there is one. */
function createLock(file: string, content: string): boolean {
  const temporary = ownTemporary(file);
  try {
    write(temporary, content);
    try {
      linkSync(temporary, file);
    } catch (cause) {
      // A file system without links: then a moment is left in which the file is empty.
      if (codeOf(cause) === 'EEXIST') return false;
      write(file, content);
    }
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw cannotWrite(file, cause);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function write(file: string, content: string): void {
  const descriptor = openSync(file, 'wx');
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Removes the lock, unless another process has taken it over. */
function releaseLock(file: string, content: string): void {
  try {
    if (contentOf(file) === content) rmSync(file, { force: true });
  } catch {
    // What stands there now is not ours, or nothing can be removed; this process ends or goes on.
  }
}

function contentOf(file: string): string | null {
  return readText(path.dirname(file), path.basename(file), false, longestLock);
}

/** @throws RunDirectoryError unless the process of a lock has ended. */
function checkEnded(file: string, content: string, takeOver: boolean): void {
  const owner = toOwner(content);
  const state = owner === null ? 'unknown' : stateOfProcess(owner);
  if (state === 'ended' || (state === 'unknown' && takeOver)) return;
  const who =
    owner === null
      ? `a lock of ${content.length} characters that does not say which`
      : `process ${owner.process} on ${showValue(owner.host)} since ${owner.since}`;
  refuseRunFile(
    path.dirname(file),
    `expected no other process at this run, got ${who}`,
    state === 'running'
      ? 'wait until it has ended, or stop it'
      : 'if it has ended, add --take-over',
  );
}

/** Null where it is no owner: a power cut may leave an empty file. */
function toOwner(content: string): Owner | null {
  try {
    const value: unknown = JSON.parse(content);
    return complaint(ownerSchema, value) === null ? (value as Owner) : null;
  } catch {
    return null;
  }
}

function codeOf(cause: unknown): string | undefined {
  return (cause as NodeJS.ErrnoException).code;
}
