import { dirname, join, relative, resolve, sep } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { checkObject, checkOptionNames, checkPath, showValue } from '@convbook/core/checks';
import { readRun, runFiles } from '@convbook/run';
import { fileSize } from '@convbook/run/writing';
import { readNetworks } from '../explain/networks.ts';
import { readLiveParts } from '../live/live-parts.ts';
import { renderComparison } from './comparison/comparison.ts';
import { bookUnder } from './lesson-link.ts';
import { renderNotebook } from './notebook.ts';
import { renderRunsIndex } from './runs-index.ts';
import { writePage } from './write-page.ts';

/** Choices for a notebook that its run does not make. */
export interface NotebookOptions {
  /** Carries the weights for the live cells even where they have more than 4 MiB. */
  liveWeights?: boolean | undefined;
  /** Links to the list of runs in the folder above and to the book of lessons, where it is there; default false. */
  isListed?: boolean | undefined;
}

/** Choices for a comparison. */
export interface ComparisonOptions {
  /** Links to the list of runs in the folder of the file; default false. */
  isListed?: boolean | undefined;
}

const notebookNames = {
  liveWeights: true,
  isListed: true,
} as const satisfies Record<keyof NotebookOptions, true>;
const comparisonNames = {
  isListed: true,
} as const satisfies Record<keyof ComparisonOptions, true>;

/**
 * Reads a run directory and writes its notebook, `index.html`.
 *
 * @returns The path of the notebook.
 * @throws RunDirectoryError when the run cannot be read or the notebook cannot be written.
 */
export async function writeNotebook(
  directory: string,
  options: NotebookOptions = {},
): Promise<string> {
  checkObject('writeNotebook options', options, '{ liveWeights: true }');
  checkOptionNames('writeNotebook', options, notebookNames);
  const { liveWeights, isListed = false } = options;
  const run = readRun(directory);
  const isDone = run.record.result !== undefined;
  const live = isDone ? await readLiveParts(directory, liveWeights) : null;
  const networks = isDone ? await readNetworks(directory) : null;
  const list = isListed ? `../${runFiles.notebook}` : undefined;
  const book = isListed ? bookUnder(dirname(directory), '../') : undefined;
  const page = await renderNotebook(run, live, networks, { list, book });
  return writePage(join(directory, runFiles.notebook), page);
}

/**
 * Writes the list of all runs, `index.html` of the reports directory.
 *
 * @returns The path of the list.
 * @throws RunDirectoryError when it cannot be written.
 */
export async function writeRunsIndex(reports: string): Promise<string> {
  checkPath('reports directory', reports);
  return writePage(join(reports, runFiles.notebook), renderRunsIndex(reports));
}

/**
 * Reads some run directories and writes their comparison as one HTML file.
 *
 * @returns The path of the file.
 * @throws ConfigurationError where a run is named twice, or there are too few or too many.
 * @throws RunDirectoryError when a run cannot be read or the file cannot be written.
 */
export async function writeComparison(
  directories: readonly string[],
  file: string,
  options: ComparisonOptions = {},
) {
  checkPaths(directories);
  checkPath('comparison file', file);
  checkObject('writeComparison options', options, '{ isListed: true }');
  checkOptionNames('writeComparison', options, comparisonNames);
  const { isListed = false } = options;
  const paths = directories.map((directory) => resolve(directory));
  const twice = paths.find((path, k) => paths.indexOf(path) < k);
  if (twice !== undefined) {
    throw new ConfigurationError(
      `--compare: expected different runs, got ${twice} twice; name each once`,
    );
  }
  const page = await renderComparison(paths.map(readRun), {
    notebooks: paths.map((path) => notebookFrom(dirname(resolve(file)), path)),
    list: isListed ? `./${runFiles.notebook}` : undefined,
  });
  return writePage(file, page);
}

/** Address of a run's notebook from a folder; null where it has none, or lies elsewhere: pages name no paths. */
function notebookFrom(folder: string, run: string): string | null {
  const names = relative(folder, run).split(sep);
  if (names[0] === '..' || fileSize(join(run, runFiles.notebook)) === null) return null;
  return [...names, runFiles.notebook]
    .filter((name) => name !== '')
    .map(encodeURIComponent)
    .join('/');
}

function checkPaths(directories: unknown): void {
  if (!Array.isArray(directories)) {
    throw new ConfigurationError(
      `writeComparison: expected a list of run directories, got ${showValue(directories)}; write ['reports/a', 'reports/b']`,
    );
  }
  for (const directory of directories as unknown[]) checkPath('run directory', directory);
}
