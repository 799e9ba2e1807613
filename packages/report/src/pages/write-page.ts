import { basename, dirname } from 'node:path';
import { fileSize, readBytes, writeFileAtomic } from '@convbook/run/writing';

/**
 * Replaces a page unless it is the same already: then nothing needs to be writable. Several processes may
 * write the same page.
 *
 * @throws RunDirectoryError when it cannot be written, or something that is no file is in its place.
 */
export async function writePage(path: string, text: string): Promise<string> {
  const bytes = Buffer.from(text);
  if (!isSame(path, bytes)) await writeFileAtomic(path, [bytes], { shared: true });
  return path;
}

function isSame(path: string, bytes: Buffer): boolean {
  if (fileSize(path) !== bytes.length) return false;
  return bytes.equals(readBytes(dirname(path), basename(path), true, bytes.length));
}
