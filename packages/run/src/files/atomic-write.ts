import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { blockBytes, blocksOf, readAll } from './blocks.ts';

/** The system calls that replace a file, in their order. */
export const fileCalls = ['open', 'write', 'sync', 'read', 'rename', 'sync folder'] as const;

/** Called before each of them, and with `done` after the last: how tests make them fail. */
export type BeforeFileCall = (call: (typeof fileCalls)[number] | 'done') => void;

export interface WriteOptions {
  /** For tests: makes file calls fail. */
  before?: BeforeFileCall | undefined;
  /** Where the new file is written first, in the same folder; `FILE.tmp` by default. */
  temporary?: string;
}

/**
 * Replaces a file so that at every moment either the old or the new one is whole: a temporary file
 * in the same folder, fsync, read back and compared, rename, fsync of the folder. Pieces follow each
 * other; they are not copied as a whole.
 *
 * @throws RunDirectoryError when it cannot be written; the old file is then untouched.
 */
export async function writeFileAtomic(
  file: string,
  content: string | readonly Uint8Array[],
  { before = () => undefined, temporary = `${file}.tmp` }: WriteOptions = {},
): Promise<void> {
  const pieces = typeof content === 'string' ? [Buffer.from(content)] : content;
  try {
    before('open');
    await writeAndSync(temporary, pieces, before);
    before('read');
    await compare(temporary, pieces);
    before('rename');
    await rename(temporary, file);
    before('sync folder');
    await syncFolder(path.dirname(file));
    before('done');
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(file, cause);
  }
}

/** The error for a file of the run directory that the system refuses to write. */
export function cannotWrite(file: string, cause: unknown): RunDirectoryError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new RunDirectoryError(
    `${file}: cannot be written, got ${code ?? message}; ` +
      'free space, mend permissions or choose another --out',
    { cause },
  );
}

/** Hands the names in a folder to the disk: a new or renamed file is then found after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAndSync(
  file: string,
  pieces: readonly Uint8Array[],
  before: BeforeFileCall,
): Promise<void> {
  const handle = await open(file, 'w');
  try {
    before('write');
    for (const block of blocksOf(pieces)) await handle.writeFile(block);
    before('sync');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function compare(file: string, pieces: readonly Uint8Array[]): Promise<void> {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const handle = await open(file, 'r');
  try {
    if ((await handle.stat()).size !== size) throw new Error('another size when read back');
    const read = new Uint8Array(Math.min(size, blockBytes));
    let position = 0;
    for (const block of blocksOf(pieces)) {
      const back = read.subarray(0, block.length);
      await readAll(handle, back, position);
      if (Buffer.compare(back, block) !== 0) throw new Error('other bytes when read back');
      position += block.length;
    }
  } finally {
    await handle.close();
  }
}
