import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** A tarball as npm describes it. */
export interface Tarball {
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly files: readonly string[];
}

interface Described {
  readonly name: string;
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs built packages, given by their folders, into tarballs in another folder. */
export async function packPackages(folders: readonly string[], to: string): Promise<Tarball[]> {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', to, ...folders];
  const { stdout } = await promisify(execFile)('npm', words, { cwd: to, shell: isWindows() });
  return (JSON.parse(stdout) as Described[]).map(describe);

  function describe({ name, filename, size, unpackedSize, files }: Described): Tarball {
    return {
      name,
      file: path.join(to, filename),
      packedBytes: size,
      unpackedBytes: unpackedSize,
      files: files.map((each) => each.path),
    };
  }
}

/** npm is a script of its shell there. */
function isWindows(): boolean {
  return process.platform === 'win32';
}
