import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { runFiles } from '@convbook/layers';
import { renderNotebook } from './notebook.ts';
import { readRun } from './run/read-run.ts';
import { renderRunsIndex } from './runs-index.ts';

/**
 * Reads a run directory and writes its notebook, `index.html`.
 *
 * @returns The path of the notebook.
 * @throws RunDirectoryError when the run cannot be read or the notebook cannot be written.
 */
export async function writeNotebook(directory: string): Promise<string> {
  return writeWhole(join(directory, runFiles.notebook), await renderNotebook(readRun(directory)));
}

/**
 * Writes the list of all runs, `index.html` of the reports directory.
 *
 * @returns The path of the list.
 * @throws RunDirectoryError when it cannot be written.
 */
export async function writeRunsIndex(reports: string): Promise<string> {
  return Promise.resolve(writeWhole(join(reports, runFiles.notebook), renderRunsIndex(reports)));
}

/** Writes under a temporary name and renames, so that no reader ever sees half a file. */
function writeWhole(path: string, text: string): string {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new RunDirectoryError(
      `${path}: cannot be written, got ${code}; check the directory and its rights`,
      { cause },
    );
  }
  return path;
}
