// A rank joins the others: the exchanging thread loads the library and finds whom the launcher started with it.
import { ConfigurationError } from '@convbook/core';
import { createLastResort, loadKoffi, type LastResort } from './koffi.ts';
import type { Launched, LauncherName } from './launcher.ts';
import { loadLibrary, type Library } from './library.ts';
import { openMpi, type Mpi } from './mpi.ts';
import { textUntilZero } from './text-until-zero.ts';
import { startCalls } from './calls.ts';

export interface Joined {
  readonly mpi: Mpi;
  readonly lastResort: LastResort;
  /** The names of the hosts, by rank. */
  readonly hosts: readonly string[];
}

const launcherNames: Readonly<Record<LauncherName, string>> = {
  openmpi: 'mpirun of Open MPI',
  mpich: 'mpiexec of MPICH',
  slurm: 'srun of Slurm',
};

/** @throws ConfigurationError where koffi or the library are missing, or another launcher's. */
export async function joinRanks(launched: Launched, host: string): Promise<Joined> {
  const koffi = await loadKoffi();
  const library = loadLibrary(koffi, launched.launcher);
  const mpi = openMpi(library);
  if (mpi.ranks !== launched.ranks || mpi.rank !== launched.rank) {
    mpi.close();
    throw mismatch(launched, library, mpi);
  }
  return { mpi, lastResort: createLastResort(koffi), hosts: gatherHosts(mpi, host) };
}

/** A library that does not know the launcher takes each process for the only rank (it fails in silence). */
function mismatch({ launcher, ranks }: Launched, { file, version }: Library, mpi: Mpi) {
  return new ConfigurationError(
    `mpi: expected ${ranks} ranks, as ${launcherNames[launcher]} says, got ${mpi.ranks} from ${version} (${file}); ` +
      'start ranks with the launcher of that library, or name the launcher’s own in CONVBOOK_MPI_LIBRARY',
  );
}

// A host name has at most 64 bytes on Linux, 255 elsewhere.
const nameBytes = 256;

function gatherHosts(mpi: Mpi, host: string): string[] {
  const bytes = new Uint8Array(new SharedArrayBuffer(nameBytes * mpi.ranks));
  const placeOf = (rank: number) => bytes.subarray(rank * nameBytes, (rank + 1) * nameBytes);
  new TextEncoder().encodeInto(host.slice(0, nameBytes), placeOf(mpi.rank));
  const starts = Array.from({ length: mpi.ranks + 1 }, (_, rank) => rank * nameBytes);
  const ticket = new Int32Array(1);
  const pending = startCalls(mpi, { kind: 'gather', bytes, starts, number: 0, ticket });
  while (!pending.every((call) => mpi.isComplete(call))) Atomics.wait(asleep, 0, 0, 1);
  return Array.from({ length: mpi.ranks }, (_, rank) => textUntilZero(placeOf(rank)));
}

const asleep = new Int32Array(new SharedArrayBuffer(4));
