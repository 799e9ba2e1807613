import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '@convbook/run/writing';

/**
 * Replaces a page unless it is the same already: then nothing needs to be writable. Two processes may write
 * the same page, each under a temporary name of its own.
 */
export async function writePage(path: string, text: string): Promise<string> {
  const isSame = existsSync(path) && (await readText(path)) === text;
  if (!isSame) await writeFileAtomic(path, text, { temporary: `${path}.${process.pid}.tmp` });
  return path;
}

/** The text of a file, null where it cannot be read. */
function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
