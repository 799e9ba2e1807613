import path from 'node:path';
import type { ExportedFile, ExportFormat } from '@convbook/export';
import { typedIn } from './command.ts';

/** The place that `--out` names: a single file goes into a folder that ends with a slash, under its usual name. */
export function exportPlace(
  out: string,
  files: readonly Pick<ExportedFile, 'path'>[],
  { usualName }: Pick<ExportFormat, 'usualName'>,
): string {
  const place = path.resolve(typedIn, out);
  const isFolder = out.endsWith('/') || out.endsWith(path.sep);
  return isFolder && files.some((file) => file.path === '') ? path.join(place, usualName) : place;
}
