// Logs are read as streams: a run of millions of steps has more text than Node holds in one piece.
import { readSync } from 'node:fs';
import { longestLine } from '../checks/limits.ts';

const usualBlock = 256 * 1024;
const lineEnd = '\n'.charCodeAt(0);

/** Neighbouring whole lines of a log. */
export interface LineBlock {
  /** Without their ends. */
  lines: string[];
  /** Bytes from the beginning of the file to the end of the last of them. */
  end: number;
}

/**
 * The whole lines of an open file between two places, a block at a time; in memory is one block, or the
 * longest line. A line of more than `longestLine` bytes is cut off one byte later, and is the last.
 *
 * @param from Where a line begins, in bytes.
 * @param to Where to stop; what lies there of a line without an end is left out.
 */
export function* readLines(
  descriptor: number,
  from: number,
  to: number,
  blockBytes = usualBlock,
): Generator<LineBlock> {
  let block = Buffer.allocUnsafe(Math.max(1, Math.min(blockBytes, to - from)));
  let [begin, held] = [from, 0];
  for (;;) {
    const place = begin + held;
    const got = readSync(descriptor, block, held, Math.min(block.length - held, to - place), place);
    if (got === 0) return;
    held += got;
    const end = block.lastIndexOf(lineEnd, held - 1) + 1;
    if (end > 0) {
      begin += end;
      yield { lines: block.toString('utf8', 0, end - 1).split('\n'), end: begin };
      block.copyWithin(0, end, held);
      held -= end;
    }
    if (held > longestLine) {
      yield { lines: [block.toString('latin1', 0, longestLine + 1)], end: begin + held };
      return;
    }
    if (held === block.length) block = Buffer.concat([block], 2 * block.length);
  }
}

/** More than a crash leaves of a line. */
export const longestRest = 64 * longestLine;

/**
 * Bytes up to the end of the last whole line of the first `size` of an open file; null where more follows
 * than any line has.
 */
export function endOfLastLine(
  descriptor: number,
  size: number,
  blockBytes = usualBlock,
): number | null {
  const block = Buffer.allocUnsafe(Math.max(1, Math.min(blockBytes, size)));
  for (let end = size; end > 0;) {
    if (size - end > longestRest) return null;
    const begin = Math.max(0, end - block.length);
    const got = readSync(descriptor, block, 0, end - begin, begin);
    const at = got === 0 ? -1 : block.lastIndexOf(lineEnd, got - 1);
    if (at >= 0) return begin + at + 1;
    end = begin;
  }
  return 0;
}
