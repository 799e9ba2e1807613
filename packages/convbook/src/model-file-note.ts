import type { RunRecord } from '@convbook/run';
import { fileHash } from './file-hash.ts';
import { recordedPlaces } from './recorded-places.ts';

/** A line that names the file of a run's model where it has changed since; the run has the layers. */
export function modelFileNote({ model }: RunRecord, directory: string): string | null {
  const { source } = model;
  if (source?.sha256 === undefined) return null;
  const files = recordedPlaces(source, directory).map((file) => ({ file, hash: fileHash(file) }));
  const changed = files.find(({ hash }) => hash !== null);
  if (changed === undefined || files.some(({ hash }) => hash === source.sha256)) return null;
  return `${changed.file}: expected the SHA-256 that run.json has, got another; the layers in run.json are used`;
}
