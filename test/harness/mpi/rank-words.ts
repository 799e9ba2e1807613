import path from 'node:path';
import { bundleFolder } from '../../../scripts/bundle-folder.mjs';

export interface RankSettings {
  readonly hangTimeout?: number;
  /** Of MPI. */
  readonly library?: string;
}

/** Words that run a scenario of rank.ts, or `pieces`, as a rank. */
export function rankWords(scenario: string, { hangTimeout, library }: RankSettings = {}): string[] {
  const settings = [
    `HANG_TIMEOUT=${hangTimeout ?? 30}`,
    ...(library === undefined ? [] : [`CONVBOOK_MPI_LIBRARY=${library}`]),
  ];
  const file = scenario === 'pieces' ? 'pieces.js' : 'rank.js';
  const place = path.join(bundleFolder(), 'test', 'harness', 'mpi', file);
  const node = [process.execPath, place, scenario];
  return ['env'].concat(settings, node);
}
