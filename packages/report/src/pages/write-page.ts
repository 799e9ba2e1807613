import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { readRun, runFiles } from '@convbook/run';
import { writeFileAtomic } from '@convbook/run/writing';
import { readNetworks } from '../explain/networks.ts';
import { readLiveParts } from '../live/live-parts.ts';
import { renderBenchmark } from './benchmark/benchmark-page.ts';
import type { BenchmarkReport } from './benchmark/benchmark-report.ts';
import { renderComparison } from './comparison/comparison.ts';
import { renderNotebook } from './notebook.ts';
import { renderRunsIndex } from './runs-index.ts';

/** What a notebook carries beside what its run decides. */
export interface NotebookOptions {
  /** Carries the weights for the live cells even where they have more than 4 MiB. */
  liveWeights?: boolean | undefined;
}

/**
 * Reads a run directory and writes its notebook, `index.html`.
 *
 * @returns The path of the notebook.
 * @throws RunDirectoryError when the run cannot be read or the notebook cannot be written.
 */
export async function writeNotebook(
  directory: string,
  { liveWeights }: NotebookOptions = {},
): Promise<string> {
  const run = readRun(directory);
  const isDone = run.record.result !== undefined;
  const live = isDone ? await readLiveParts(directory, liveWeights) : null;
  const networks = isDone ? await readNetworks(directory) : null;
  return writePage(join(directory, runFiles.notebook), await renderNotebook(run, live, networks));
}

/**
 * Writes the list of all runs, `index.html` of the reports directory.
 *
 * @returns The path of the list.
 * @throws RunDirectoryError when it cannot be written.
 */
export async function writeRunsIndex(reports: string): Promise<string> {
  return writePage(join(reports, runFiles.notebook), renderRunsIndex(reports));
}

/**
 * Reads some run directories and writes their comparison as one HTML file.
 *
 * @returns The path of the file.
 * @throws ConfigurationError where a run is named twice, or there are too few or too many.
 * @throws RunDirectoryError when a run cannot be read or the file cannot be written.
 */
export async function writeComparison(directories: readonly string[], file: string) {
  const paths = directories.map((directory) => resolve(directory));
  const twice = paths.find((path, k) => paths.indexOf(path) < k);
  if (twice !== undefined) {
    throw new ConfigurationError(
      `--compare: expected different runs, got ${twice} twice; name each once`,
    );
  }
  return writePage(file, await renderComparison(paths.map(readRun)));
}

/**
 * Writes what `pnpm bench` measured as one HTML file.
 *
 * @returns The path of the file.
 * @throws RunDirectoryError when the file cannot be written.
 */
export async function writeBenchmark(report: BenchmarkReport, file: string): Promise<string> {
  return writePage(file, await renderBenchmark(report));
}

/**
 * Replaces a page unless it is the same already: then nothing needs to be writable. Two processes may write
 * the same page, each under a temporary name of its own.
 */
async function writePage(path: string, text: string): Promise<string> {
  const isSame = existsSync(path) && (await readText(path)) === text;
  if (!isSame) await writeFileAtomic(path, text, { temporary: `${path}.${process.pid}.tmp` });
  return path;
}

/** The text of a file, null where it cannot be read. */
function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
