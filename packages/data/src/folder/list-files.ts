import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import { DataError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import { compareNaturally } from './natural-order.ts';

/** A file below a folder. */
export interface ListedFile {
  /** From the folder, with `/`, as the system spells it. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** The files below a folder, and how many were passed over, by reason. */
export interface Listing {
  readonly files: readonly ListedFile[];
  readonly passedOver: Readonly<Record<string, number>>;
}

// More is no class folder's depth; it bounds what a damaged file system can cost.
const mostDepth = 16;
const systemFiles = /^(\.|thumbs\.db$|desktop\.ini$|__macosx$)/i;

/**
 * Lists the regular files below a folder in natural order. Hidden files, those that systems leave behind
 * (`.DS_Store`, `Thumbs.db`, `desktop.ini`, `._*`, `__MACOSX`), special files and links that leave the
 * folder are passed over and counted. A link inside the folder is followed, a folder entered once.
 *
 * @throws DataError when the folder or one below it cannot be read, or folders are nested deeper than 16.
 */
export function listFiles(folder: string): Listing {
  const root = guarded(folder, () => realpathSync(folder));
  const entered = new Set<string>();
  const files: ListedFile[] = [];
  const passedOver: Record<string, number> = {};
  const passOver = (reason: string): void => {
    passedOver[reason] = (passedOver[reason] ?? 0) + 1;
  };

  const enter = (relative: string, depth: number): void => {
    const directory = join(folder, relative);
    if (depth > mostDepth) throw tooDeep(directory);
    const real = guarded(directory, () => realpathSync(directory));
    if (entered.has(real)) return passOver('links to a folder that was already read');
    entered.add(real);
    const entries = guarded(directory, () => readdirSync(directory, { withFileTypes: true }));
    entries.sort((a, b) => compareNaturally(a.name, b.name));
    for (const entry of entries) visit(relative, entry, depth);
  };
  const visit = (parent: string, entry: Dirent, depth: number): void => {
    if (systemFiles.test(entry.name)) return passOver('hidden and system files');
    const relative = parent === '' ? entry.name : `${parent}/${entry.name}`;
    const path = join(folder, relative);
    if (entry.isSymbolicLink() && !isInside(root, path)) {
      return passOver('links that leave the folder or lead nowhere');
    }
    const stats = guarded(path, () => statSync(path));
    if (stats.isDirectory()) return enter(relative, depth + 1);
    if (!stats.isFile()) return passOver('pipes, sockets and devices');
    files.push(toListed(relative, stats));
  };

  enter('', 0);
  return { files, passedOver };
}

function toListed(path: string, { size, mtimeMs }: Stats): ListedFile {
  return { path, sizeBytes: size, modifiedAt: mtimeMs };
}

function isInside(root: string, link: string): boolean {
  try {
    return `${realpathSync(link)}${sep}`.startsWith(`${root}${sep}`);
  } catch {
    return false;
  }
}

function guarded<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new DataError(
      `${printable(path)}: expected to read it, got ${code ?? message}; check the path and its permissions`,
      { cause },
    );
  }
}

function tooDeep(path: string): DataError {
  return new DataError(
    `${printable(path)}: expected at most ${mostDepth} folders in each other, got more; name a folder further down`,
  );
}
