import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { afterAll, describe, expect, test } from 'vitest';
import { handlesOf } from './handles.ts';
import { loadKoffi } from './koffi.ts';
import { loadLibrary, prepareEnvironment, toVersion } from './library.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'convbook-mpi-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('koffi', () => {
  test('is missed in one line where it is not installed', async () => {
    const load = () => import(`${folder}/koffi.js` as 'koffi');
    await expect(loadKoffi(load)).rejects.toThrow(
      new ConfigurationError(
        `mpi: expected the optional package koffi, which calls the MPI library, got none ` +
          `(Cannot find module '${folder}/koffi.js' imported from ${import.meta.dirname}/library.test.ts); ` +
          'install it with npm install koffi, or train alone with --launcher none',
      ),
    );
  });
});

describe('the MPI library', () => {
  test.each([
    ['is not there', 'libnothing.so.7', undefined],
    ['is no library', path.join(folder, 'text.so'), 'text'],
  ])('that is named and %s is refused', async (_, file, content) => {
    if (content !== undefined) writeFileSync(file, content);
    const koffi = await loadKoffi();
    expect(() => loadLibrary(koffi, 'openmpi', { CONVBOOK_MPI_LIBRARY: file })).toThrow(
      new ConfigurationError(
        `mpi: expected an MPI library, got none of ${file}; correct CONVBOOK_MPI_LIBRARY, or leave it out`,
      ),
    );
  });

  test('that is another library is refused', async () => {
    const koffi = await loadKoffi();
    expect(() => loadLibrary(koffi, 'mpich', { CONVBOOK_MPI_LIBRARY: 'libm.so.6' })).toThrow(
      new ConfigurationError(
        'mpi: expected a library of Open MPI, MPICH or the MPI ABI, got libm.so.6 (no MPI library); ' +
          'name another file in CONVBOOK_MPI_LIBRARY',
      ),
    );
  });

  test.each([
    ['openmpi', 'libmpi.so.40, libmpi.so', 'install Open MPI on this host (on Debian openmpi-bin)'],
    ['mpich', 'libmpich.so.12, libmpi.so.12', 'install MPICH on this host (on Debian mpich)'],
  ] as const)('of %s that is not installed is refused', async (launcher, files, remedy) => {
    const koffi = await loadKoffi();
    const nothing = {
      ...koffi,
      load() {
        throw new Error('cannot open shared object file');
      },
    };
    expect(() => loadLibrary(nothing, launcher, {})).toThrow(
      new ConfigurationError(
        `mpi: expected an MPI library, got none of ${files}, libmpi_abi.so.1, libmpi_abi.so.0, libmpi_abi.so; ` +
          `${remedy}, or name its file in CONVBOOK_MPI_LIBRARY`,
      ),
    );
  });

  test.each([
    ['Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4', 'Open MPI 4.1.4'],
    ['MPICH Version:\t4.0.2\nMPICH Release date:\tThu', 'MPICH 4.0.2'],
    ['MPICH Version:      4.3.0\nMPICH ABI:', 'MPICH 4.3.0'],
    ['Intel(R) MPI Library 2021.10 for Linux* OS\n', 'Intel(R) MPI Library 2021.10 for Linux* OS'],
  ])('says which it is: %j', (text, expected) => {
    expect(toVersion(text)).toBe(expected);
  });

  test('has the handles of its mpi.h', () => {
    const addressOf = (symbol: string) => BigInt(symbol.length);
    expect(handlesOf('openmpi', addressOf)).toMatchObject({
      type: 'void *',
      world: 19n,
      byte: 13n,
    });
    expect(handlesOf('mpich', addressOf)).toMatchObject({ type: 'int', world: 0x44000000 });
    expect(handlesOf('abi', addressOf)).toMatchObject({ type: 'void *', world: 0x101n });
  });

  test('finds UCX told to leave memory and signals alone, unless the user said otherwise', () => {
    const env: NodeJS.ProcessEnv = { UCX_ERROR_SIGNALS: 'SIGBUS' };
    prepareEnvironment(env);
    expect(env).toEqual({ UCX_ERROR_SIGNALS: 'SIGBUS', UCX_MEM_MMAP_HOOK_MODE: 'none' });
  });
});
