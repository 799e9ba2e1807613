import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ListedFile } from '../list-files.ts';
import type { ImageSize, ResolvedSettings } from '../picture-settings.ts';
import { cacheFormat } from './cache-file.ts';

/** Keys of what is kept of a folder; a file that is added, gone or changed changes both. */
export interface CacheKeys {
  /** Key of images of a size with one or three channels. */
  images(size: ImageSize, channels: 1 | 3): string;
  /** Key of the size that is chosen where none is given. */
  readonly chosenSize: string;
}

/** The keys of some files of a folder, read with these settings. */
export function cacheKeys(
  folder: string,
  files: readonly ListedFile[],
  { fit, background, testShare }: ResolvedSettings,
): CacheKeys {
  const listing = files.map(({ path, sizeBytes, modifiedAt }) => [path, sizeBytes, modifiedAt]);
  const of = digest([cacheFormat, decoderVersion(), realpathSync(folder), listing]);
  return {
    images: ({ height, width }, channels) => digest([of, height, width, channels, fit, background]),
    chosenSize: digest([of, testShare]),
  };
}

function digest(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
}

/** The version of sharp, whose package does not export its manifest. */
function decoderVersion(): string {
  for (let folder = dirname(createRequire(import.meta.url).resolve('sharp')); ;) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (hasVersion(manifest)) return manifest.version;
    } catch {
      // The package begins further up.
    }
    if (folder === dirname(folder)) return 'unknown';
    folder = dirname(folder);
  }
}

function hasVersion(manifest: unknown): manifest is { version: string } {
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest;
}
