import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { cannotWrite } from '../checks/refuse.ts';
import { blockBytes, blocksOf, readAll } from './blocks.ts';
import { createFile } from './open-file.ts';
import { ownTemporary, removeTemporaries } from './temporaries.ts';

/** The system calls that replace a file, in their order. */
export const fileCalls = ['open', 'write', 'sync', 'read', 'rename', 'sync folder'] as const;

/** Called before each of them, and with `done` after the last: how tests make them fail. */
export type BeforeFileCall = (call: (typeof fileCalls)[number] | 'done') => void;

export interface WriteOptions {
  /** For tests: makes file calls fail. */
  before?: BeforeFileCall | undefined;
  /**
   * Whether several processes may write the file at once. Each then has a temporary file of its own, and
   * removes those of processes that were killed.
   */
  shared?: boolean;
}

/**
 * Replaces a file so that at every moment either the old or the new one is whole: a temporary file
 * in the same folder, fsync, read back and compared, rename, fsync of the folder. Pieces follow each
 * other; they are not copied as a whole. A link in the place of either file is replaced, not followed.
 *
 * @throws RunDirectoryError when it cannot be written; the old file is then untouched.
 */
export async function writeFileAtomic(
  file: string,
  content: string | readonly Uint8Array[],
  { before = () => undefined, shared = false }: WriteOptions = {},
): Promise<void> {
  const pieces = typeof content === 'string' ? [Buffer.from(content)] : content;
  const temporary = shared ? ownTemporary(file) : `${file}.tmp`;
  if (shared) removeTemporaries(path.dirname(file), `${path.basename(file)}.`);
  try {
    before('open');
    await writeAndCompare(temporary, pieces, before);
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

/** Hands the names in a folder to the disk: a new or renamed file is then found after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeAndCompare(
  file: string,
  pieces: readonly Uint8Array[],
  before: BeforeFileCall,
): Promise<void> {
  const handle = await createFile(file);
  try {
    before('write');
    for (const block of blocksOf(pieces)) await handle.writeFile(block);
    before('sync');
    await handle.sync();
    before('read');
    await compare(handle, pieces);
  } finally {
    await handle.close();
  }
}

async function compare(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  if ((await handle.stat()).size !== size) throw new Error('another size when read back');
  const read = new Uint8Array(Math.min(size, blockBytes));
  let position = 0;
  for (const block of blocksOf(pieces)) {
    const back = read.subarray(0, block.length);
    await readAll(handle, back, position);
    if (Buffer.compare(back, block) !== 0) throw new Error('other bytes when read back');
    position += block.length;
  }
}
