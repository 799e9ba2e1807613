import { closeSync, openSync, readSync, statSync } from 'node:fs';

const pieceBytes = 256 * 1024;

/** Whether two regular files have the same bytes; others are never the same. */
export function haveSameBytes(first: string, second: string): boolean {
  const [a, b] = [first, second].map((path) => statSync(path, { throwIfNoEntry: false }));
  if (!a?.isFile() || !b?.isFile() || a.size !== b.size) return false;
  const files = [openSync(first, 'r')];
  try {
    files.push(openSync(second, 'r'));
    return haveSamePieces(files[0], files[1]);
  } finally {
    for (const file of files) closeSync(file);
  }
}

function haveSamePieces(first: number, second: number): boolean {
  const [a, b] = [Buffer.alloc(pieceBytes), Buffer.alloc(pieceBytes)];
  for (;;) {
    const [read, other] = [readSync(first, a), readSync(second, b)];
    if (read !== other || !a.subarray(0, read).equals(b.subarray(0, other))) return false;
    if (read === 0) return true;
  }
}
