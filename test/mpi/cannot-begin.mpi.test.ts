// `train` over ranks that lack what connects them, or differ in version: one line, exit code 2, and nothing is left.
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { temporaryDirectory, temporaryFolder } from '@convbook/run/testing/folders';
import { describe, it } from 'vitest';
import { smallRun, writeSmall } from '../harness/faults/small.ts';
import { describeUnder, mpich, openMpi, runRanks, train } from '../harness/mpi/launchers.ts';
import {
  amongOtherFiles,
  launching,
  mpiLibraries,
  whyNoOtherFiles,
  type OtherFiles,
} from '../harness/mpi/other-files.ts';
import { processesOf } from '../processes.ts';
import { root } from '../run-node.ts';

const reason = whyNoOtherFiles === null ? '' : ` (skipped: ${whyNoOtherFiles})`;

const place = temporaryDirectory();
const empty = { file: path.join(place, 'file'), folder: path.join(place, 'folder') };
writeFileSync(empty.file, '');
mkdirSync(empty.folder);

const koffi = realpathSync(path.join(root, 'packages', 'mpi', 'node_modules', 'koffi'));
const withoutKoffi: OtherFiles = { [koffi]: empty.folder };
const withoutMpi: OtherFiles = Object.fromEntries(mpiLibraries().map((file) => [file, empty.file]));

const manifest = path.join(root, 'packages', 'trainer', 'package.json');
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
const otherManifest = path.join(place, 'package.json');
writeFileSync(otherManifest, readFileSync(manifest, 'utf8').replace(version, '7.8.9'));
const otherVersion: OtherFiles = { [manifest]: otherManifest };

/** Ranks may last less than the usual time between two looks. */
const often = { interval: 5 };

const rank1 = `rank 1 (host ${hostname()}): `;
const twoVersions = `expected Convbook ${version}, as rank 0, got 7.8.9; install the same version on all hosts`;
const noKoffi =
  `mpi: expected the optional package koffi, which calls the MPI library, got none (Cannot find module '${koffi}/index.js' ` +
  'imported from CHUNK); install it with npm install koffi, or train alone with --launcher none';
const abi = 'libmpi_abi.so.1, libmpi_abi.so.0, libmpi_abi.so';
const orNamed = 'or name its file in CONVBOOK_MPI_LIBRARY';

// Most of their time ranks wait for each other.
describe.concurrent(`ranks that cannot begin${reason}`, () => {
  for (const launcher of [openMpi, mpich]) {
    const noMpi =
      launcher === openMpi
        ? `mpi: expected an MPI library, got none of libmpi.so.40, libmpi.so, ${abi}; install Open MPI on this host (on Debian openmpi-bin), ${orNamed}`
        : `mpi: expected an MPI library, got none of libmpich.so.12, libmpi.so.12, ${abi}; install MPICH on this host (on Debian mpich), ${orNamed}`;

    describeUnder(launcher, 'ranks', () => {
      it.skipIf(whyNoOtherFiles !== null).for<[string, OtherFiles, OtherFiles, string]>([
        ['both without koffi', withoutKoffi, withoutKoffi, noKoffi],
        ['both without an MPI library', withoutMpi, withoutMpi, noMpi],
        ['the first without an MPI library', withoutMpi, {}, noMpi],
        ['the second without an MPI library', {}, withoutMpi, `${rank1}${noMpi}`],
        ['of two versions', {}, otherVersion, `${rank1}${twoVersions}`],
      ])('%s', async ([, first, second, line], { expect }) => {
        const folder = temporaryFolder();
        writeSmall(folder);
        const own = [...train, ...smallRun, '--workers', '1', '--out', 'run'];
        const [words, others] = [first, second].map((files) => amongOtherFiles(files, own));
        const both = [...launcher.words(1), ...words, ':', '-np', '1', ...others];
        const running = runRanks(folder, launching(both));
        // The launcher and its ranks.
        await expect.poll(() => processesOf(folder).length, often).toBeGreaterThan(2);
        const { lines, ...ended } = await running;
        const told = lines.map((each) => each.replace(/(?<= imported from )\S+(?=\))/, 'CHUNK'));
        expect({ ...ended, told }).toMatchObject({
          status: 2,
          stdout: '',
          told: [`error: ${line}`],
        });
        await expect.poll(() => processesOf(folder)).toEqual([]);
        expect(existsSync(path.join(folder, 'run'))).toBe(false);
      });
    });
  }
});
