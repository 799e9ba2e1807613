import { existsSync } from 'node:fs';
import path from 'node:path';
import { readRecord, runFiles, runNames } from '@convbook/run';

/** The notebook of the run that began last, of those under a folder that have one; null where there is none. */
export function newestNotebook(reports: string): string | null {
  const notebooks = runNames(reports)
    .map((name) => path.join(reports, name))
    .map((directory) => ({ directory, file: path.join(directory, runFiles.notebook) }))
    .filter(({ file }) => existsSync(file))
    .map(({ directory, file }) => ({ file, begun: begunAt(directory) }))
    .sort((a, b) => (a.begun < b.begun ? 1 : -1));
  return notebooks[0]?.file ?? null;
}

/** An empty text where the record cannot be read. */
function begunAt(directory: string): string {
  try {
    return readRecord(directory).createdAt;
  } catch {
    return '';
  }
}
