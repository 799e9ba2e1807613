// Remembers the sources of a bundle by size and times of change, so that a start need not read them all.
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * A file may change twice within a tick of its clock, and the times tell nothing of the second change. FAT has
 * the slowest clock: files that changed in the last two seconds are not remembered.
 */
const slowestTick = 2000;

/**
 * @typedef {object} Known
 * @property {string} name The bundle.
 * @property {Record<string, string>} marks What `markOf` said of each of its sources.
 */

/** @param {string} file */
function statOf(file) {
  return statSync(file, { throwIfNoEntry: false });
}

/**
 * The time of the last change of content or name can be set at will, that of the inode cannot.
 *
 * @param {import('node:fs').Stats | undefined} stats
 */
function markOf(stats) {
  if (stats === undefined) return 'none';
  return `${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
}

/** @param {string} cache */
const memory = (cache) => path.join(cache, 'sources.json');

/**
 * @param {string} cache
 * @returns {string | null} The bundle of the sources as they are, null where that is not known.
 */
export function recall(cache) {
  try {
    /** @type {Known} */
    const { name, marks } = JSON.parse(readFileSync(memory(cache), 'utf8'));
    for (const file in marks) if (markOf(statOf(file)) !== marks[file]) return null;
    return name;
  } catch {
    return null;
  }
}

/**
 * Marks of sources that are about to be read.
 *
 * @param {readonly string[]} files
 * @returns {Record<string, string> | null} Null where one has changed just now.
 */
export function marksOf(files) {
  const now = Date.now();
  const stats = files.map(statOf);
  const isNew = stats.some((own) => own && Math.max(own.mtimeMs, own.ctimeMs) > now - slowestTick);
  return isNew ? null : Object.fromEntries(files.map((file, at) => [file, markOf(stats[at])]));
}

/**
 * @param {string} cache A folder that can be written; where it cannot, nothing is remembered.
 * @param {Known} known
 */
export function remember(cache, known) {
  const temporary = `${memory(cache)}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, JSON.stringify(known));
    renameSync(temporary, memory(cache));
  } catch {
    // The next start reads the sources again.
    rmSync(temporary, { force: true });
  }
}
