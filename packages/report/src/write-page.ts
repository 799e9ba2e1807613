import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError, RunDirectoryError } from '@convbook/core';
import { runFiles } from '@convbook/run';
import type { BenchmarkReport } from './benchmark/benchmark-report.ts';
import { renderBenchmark } from './benchmark/benchmark-page.ts';
import { renderComparison } from './compare/comparison.ts';
import { readNetworks } from './explain/networks.ts';
import { readLiveParts } from './live/live-parts.ts';
import { renderNotebook } from './notebook.ts';
import { readRun } from './run/read-run.ts';
import { renderRunsIndex } from './runs-index.ts';

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
  return writeWhole(join(directory, runFiles.notebook), await renderNotebook(run, live, networks));
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
  return writeWhole(file, await renderComparison(paths.map(readRun)));
}

/**
 * Writes what `pnpm bench` measured as one HTML file.
 *
 * @returns The path of the file.
 * @throws RunDirectoryError when the file cannot be written.
 */
export async function writeBenchmark(report: BenchmarkReport, file: string): Promise<string> {
  return writeWhole(file, await renderBenchmark(report));
}

/**
 * Writes under a temporary name and renames, so that no reader ever sees half a file. One that is
 * the same already stays untouched, also where nothing may be written.
 */
function writeWhole(path: string, text: string): string {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) return path;
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
