import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { typedCommand } from '@convbook/core/checks';
import { runFiles } from './run-files.ts';
import { namesIn } from './run-kinds.ts';

/** Where names and relative paths of runs start. */
export interface RunPlaces {
  /** Directory that relative paths start at: where the command was typed. */
  from: string;
  /** Directory whose entries are runs by name. */
  reports: string;
  /** Begins the error. Default RUN. */
  where?: string;
}

/**
 * The directory of a RUN argument, a path or a name under the reports directory; a path with a run in
 * it wins over a name.
 *
 * @throws ConfigurationError when there is neither.
 */
export function resolveRun(run: string, { from, reports, where = 'RUN' }: RunPlaces): string {
  const candidates = [resolve(from, run), resolve(reports, run)];
  const found =
    candidates.find((path) => existsSync(join(path, runFiles.record))) ??
    candidates.find(existsSync);
  if (found !== undefined) return found;
  throw new ConfigurationError(
    `${where}: expected the path of a run directory or a name under reports/, got ${JSON.stringify(run)}; ${advice(reports)}`,
  );
}

/** Names of the runs under a reports directory, in alphabetical order. */
export function runNames(reports: string): string[] {
  return namesIn(reports)
    .filter((name) => existsSync(join(reports, name, runFiles.record)))
    .sort();
}

function advice(reports: string): string {
  const names = runNames(reports);
  if (names.length === 0) return `there are no runs yet, make one with ${typedCommand('train')}`;
  const shown = names.slice(-5);
  const rest = shown.slice(0, -1).join(', ');
  return `runs there are ${rest === '' ? '' : `${rest} and `}${shown.at(-1)}`;
}
