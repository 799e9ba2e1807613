// Where commands read and write, by where they were typed.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, isWorkspace, packageFile } from '@convbook/core/node';

const ownFolder = fileURLToPath(
  new URL('.', packageFile('convbook/package.json', import.meta.url)),
);

/** The folder that packages are installed in, for the workspace its own `node_modules`. */
function installation(): string {
  if (isWorkspace) return path.join(ownFolder, '..', '..', 'node_modules');
  const parts = ownFolder.split(path.sep);
  const at = parts.indexOf('node_modules');
  return parts.slice(0, at === -1 ? undefined : at + 1).join(path.sep);
}

/**
 * Where relative paths start: the folder the command was typed in. Commands of the workspace run in its own folder,
 * and pnpm says where they were typed. The scripts of a project mean paths from their project.
 */
export const typedIn = (isWorkspace ? process.env.INIT_CWD : undefined) ?? process.cwd();

/** The reports folder of this workspace, or the one below the folder where the command was typed. */
export const reportsFolder = path.join(
  isWorkspace ? path.join(ownFolder, '..', '..') : typedIn,
  'reports',
);

/** Where decoded pictures are kept: with the installation, or else among the user's temporary files. */
export function picturesCache(): string {
  return cacheFolder(path.join(installation(), '.cache', 'convbook', 'pictures'));
}
