// Where generated files are kept: with the installation, or where that cannot be written in a folder of this
// user's own. Plain JavaScript: it also finds the bundle that everything else is in.
import { createHash } from 'node:crypto';
import { accessSync, constants, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/**
 * A folder that exists and can be written.
 *
 * @param {string} preferred With the installation, which other users may share, or read alone.
 * @returns {string} `preferred`, or else a folder for it among the temporary files.
 * @throws An error with exit code 2 when neither can be written.
 */
export function cacheFolder(preferred) {
  if (isWritable(preferred)) return preferred;
  try {
    const name = createHash('sha256').update(preferred).digest('hex').slice(0, 16);
    const folder = path.join(ownFolder(), name);
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (cause) {
    const message =
      `cache: expected ${preferred} or ${tmpdir()} to be a folder that can be written, ` +
      `got ${cause.code ?? cause.message}; set TMPDIR to one`;
    throw Object.assign(new Error(message, { cause }), { exitCode: 2 });
  }
}

/** @param {string} folder */
function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string} A folder among the temporary files that nobody else can write: code is run from it. */
function ownFolder() {
  const folder = path.join(tmpdir(), `convbook-cache-${process.getuid?.() ?? 'user'}`);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  return isOwn(folder) ? folder : passingFolder();
}

/** @param {string} folder */
function isOwn(folder) {
  const stats = lstatSync(folder);
  const isPrivate = process.getuid === undefined || (stats.mode & 0o022) === 0;
  return stats.isDirectory() && stats.uid === (process.getuid?.() ?? stats.uid) && isPrivate;
}

/** @returns {string} Somebody took the name: a folder for this process alone. */
function passingFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'convbook-cache-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
