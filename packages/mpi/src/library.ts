// The MPI library of the launcher, loaded by its name as the dynamic linker finds it.
import { ConfigurationError } from '@convbook/core';
import type { LibraryHandle } from 'koffi';
import { handlesOf, type Handles, type LibraryKind } from './handles.ts';
import type { Koffi } from './koffi.ts';
import type { LauncherName } from './launcher.ts';

export interface Library {
  readonly handles: Handles;
  /** As `Open MPI 4.1.4`. */
  readonly version: string;
  /** The name by which it was found. */
  readonly file: string;
  /** A function that returns an int, by its declaration in C. */
  bind(declaration: string): (...values: readonly unknown[]) => number;
}

const openMpi = ['libmpi.so.40', 'libmpi.so'];
const mpich = ['libmpich.so.12', 'libmpi.so.12'];
const abi = ['libmpi_abi.so.1', 'libmpi_abi.so.0', 'libmpi_abi.so'];

const fileNames: Readonly<Record<LauncherName, readonly string[]>> = {
  openmpi: openMpi.concat(abi),
  mpich: mpich.concat(abi),
  slurm: openMpi.concat(mpich, abi),
};

const remedies: Readonly<Record<LauncherName, string>> = {
  openmpi: 'install Open MPI on this host (on Debian openmpi-bin)',
  mpich: 'install MPICH on this host (on Debian mpich)',
  slurm: 'install the MPI that srun is made for (on Debian openmpi-bin)',
};

/**
 * Sets what UCX, which moves bytes for MPICH, reads when it is loaded. Call it on the main thread: others have
 * a copy of the environment that C does not see.
 */
export function prepareEnvironment(env: NodeJS.ProcessEnv = process.env): void {
  // Otherwise UCX tests its hooks by moving the heap's end, and takes a page of Node's away where it cannot grow.
  env.UCX_MEM_MMAP_HOOK_MODE ??= 'none';
  // Otherwise a WebAssembly trap ends the process instead of throwing a RuntimeError.
  env.UCX_ERROR_SIGNALS ??= '';
}

/**
 * Loads the library of the launcher's implementation; `CONVBOOK_MPI_LIBRARY` names another file.
 *
 * @throws ConfigurationError where there is none, or one of unknown kind.
 */
export function loadLibrary(
  koffi: Koffi,
  launcher: LauncherName,
  env: NodeJS.ProcessEnv = process.env,
): Library {
  const named = env.CONVBOOK_MPI_LIBRARY;
  const files = named ? [named] : fileNames[launcher];
  for (const file of files) {
    const found = loadFile(koffi, file);
    if (found) return toLibrary(file, found);
  }
  const remedy = named ? 'correct CONVBOOK_MPI_LIBRARY' : remedies[launcher];
  const otherwise = named ? 'leave it out' : 'name its file in CONVBOOK_MPI_LIBRARY';
  throw new ConfigurationError(
    `mpi: expected an MPI library, got none of ${files.join(', ')}; ${remedy}, or ${otherwise}`,
  );
}

function loadFile(koffi: Koffi, file: string): LibraryHandle | null {
  try {
    // Global: components of older Open MPI look for its symbols there.
    return koffi.load(file, { global: true, lazy: true });
  } catch {
    return null;
  }
}

function toLibrary(file: string, library: LibraryHandle): Library {
  const text = versionText(library);
  const kind = kindOf(library, text);
  if (kind === null) {
    throw new ConfigurationError(
      `mpi: expected a library of Open MPI, MPICH or the MPI ABI, got ${file} (${firstLine(text)}); ` +
        'name another file in CONVBOOK_MPI_LIBRARY',
    );
  }
  const addressOf = (symbol: string) => library.symbol(symbol) as bigint;
  return {
    handles: handlesOf(kind, addressOf),
    version: toVersion(text),
    file,
    bind: (declaration) => library.func(declaration),
  };
}

function kindOf(library: LibraryHandle, text: string): LibraryKind | null {
  if (hasSymbol(library, 'ompi_mpi_comm_world')) return 'openmpi';
  if (isStandardAbi(library)) return 'abi';
  return /MPICH|Intel\(R\) MPI|MVAPICH/.test(text) ? 'mpich' : null;
}

/** Other libraries have the function, too: it says -1 there. */
function isStandardAbi(library: LibraryHandle): boolean {
  if (!hasSymbol(library, 'MPI_Abi_get_version')) return false;
  const [major, minor] = [new Int32Array(1), new Int32Array(1)];
  library.func('int MPI_Abi_get_version(void *, void *)')(major, minor);
  return major[0] >= 1;
}

/** MPI allows this call before it is initialised (MPI 4.1, 9.1.1). */
function versionText(library: LibraryHandle): string {
  if (!hasSymbol(library, 'MPI_Get_library_version')) return 'no MPI library';
  const text = Buffer.alloc(8192);
  const length = new Int32Array(1);
  library.func('int MPI_Get_library_version(void *, void *)')(text, length);
  return text.toString('utf8', 0, text.indexOf(0));
}

function hasSymbol(library: LibraryHandle, name: string): boolean {
  try {
    library.symbol(name);
    return true;
  } catch {
    return false;
  }
}

/** `Open MPI v4.1.4, package: …` and `MPICH Version:\t4.0.2` become `Open MPI 4.1.4` and `MPICH 4.0.2`. */
export function toVersion(text: string): string {
  const [, name, version] = /^(.+?)\s+(?:v|Version:?\s*)(\d[\w.+-]*)/.exec(text) ?? [];
  return name ? `${name} ${version}` : firstLine(text);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0];
}
