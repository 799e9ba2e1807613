import type { FileHandle } from 'node:fs/promises';
import { openHandle, refuseMissing } from '@convbook/run/writing';

/** Whether two files of runs have the same bytes, a block of each in memory at a time. */
export async function areFilesEqual(a: string, b: string, blockBytes = 2 ** 20): Promise<boolean> {
  const files = await Promise.all(
    [a, b].map(async (path) => (await openHandle(path)) ?? refuseMissing(path)),
  );
  try {
    const blocks = files.map(() => Buffer.alloc(blockBytes));
    for (;;) {
      const [first, second] = await Promise.all(files.map((file, k) => fill(file, blocks[k])));
      if (!first.equals(second)) return false;
      if (first.length === 0) return true;
    }
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

/** Fills the block with the file's next bytes; returns fewer only at the end. */
async function fill(file: FileHandle, block: Buffer): Promise<Buffer> {
  let filled = 0;
  while (filled < block.length) {
    const { bytesRead } = await file.read(block, filled, block.length - filled, null);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return block.subarray(0, filled);
}
