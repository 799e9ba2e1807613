import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { detectLauncher, toLaunched } from './launcher.ts';

const openMpi = { OMPI_COMM_WORLD_RANK: '1', OMPI_COMM_WORLD_SIZE: '4', PMIX_RANK: '1' };
const mpich = { PMI_RANK: '0', PMI_SIZE: '2', PMI_FD: '6', MPI_LOCALNRANKS: '2' };
const task = { SLURM_STEP_ID: '0', SLURM_PROCID: '5', SLURM_NTASKS: '8' };

describe('a launcher', () => {
  test.each([
    ['mpirun of Open MPI', openMpi, { launcher: 'openmpi', rank: 1, ranks: 4 }],
    ['mpiexec of MPICH', mpich, { launcher: 'mpich', rank: 0, ranks: 2 }],
    [
      'mpirun inside a task of Slurm',
      { ...task, ...openMpi },
      { launcher: 'openmpi', rank: 1, ranks: 4 },
    ],
    [
      'mpiexec inside a task of Slurm',
      { ...task, ...mpich },
      { launcher: 'mpich', rank: 0, ranks: 2 },
    ],
    ['none', {}, null],
    ['half of the variables', { PMI_RANK: '0' }, null],
    ['PMIx alone, which does not say how many there are', { PMIX_RANK: '0' }, null],
    ['srun', task, null],
    ['srun that speaks PMI', { ...task, PMI_RANK: '0', PMI_SIZE: '2' }, null],
  ])('is found by its variables: %s', (_, env, expected) => {
    expect(detectLauncher(env)).toEqual(expected);
    expect(toLaunched('auto', env)).toEqual(expected);
    expect(toLaunched('none', env)).toBeNull();
  });

  test.each([
    ['mpirun', openMpi, { launcher: 'openmpi', rank: 1, ranks: 4 }],
    ['srun', task, { launcher: 'slurm', rank: 5, ranks: 8 }],
    [
      'srun of fewer tasks',
      { ...task, SLURM_STEP_NUM_TASKS: '6' },
      { launcher: 'slurm', rank: 5, ranks: 6 },
    ],
  ])('that is asked for: %s', (_, env, expected) => {
    expect(toLaunched('mpi', env)).toEqual(expected);
  });

  test.each([
    ['by a batch script of Slurm', { ...task, SLURM_STEP_ID: '4294967291' }],
    ['in an allocation of Slurm', { SLURM_PROCID: '0', SLURM_NTASKS: '8' }],
    ['by hand', {}],
  ])('that is asked for and missing is an error: started %s', (_, env) => {
    expect(() => toLaunched('mpi', env)).toThrow(
      new ConfigurationError(
        '--launcher mpi: expected mpirun, mpiexec or srun to start this process, got none of them; ' +
          'start it with one, or train alone without --launcher mpi',
      ),
    );
  });

  test.each([
    ['PMI_RANK', 'PMI_SIZE', 'x', '2'],
    ['PMI_RANK', 'PMI_SIZE', '2', '2'],
    ['PMI_RANK', 'PMI_SIZE', '-1', '2'],
    ['OMPI_COMM_WORLD_RANK', 'OMPI_COMM_WORLD_SIZE', '0', ''],
    ['OMPI_COMM_WORLD_RANK', 'OMPI_COMM_WORLD_SIZE', '0', '99999999'],
  ])('with damaged variables is refused: %s, %s = %s, %s', (rankName, ranksName, rank, ranks) => {
    expect(() => detectLauncher({ [rankName]: rank, [ranksName]: ranks })).toThrow(
      new ConfigurationError(
        `launcher: expected ${rankName} to be a whole number below ${ranksName}, got ${rank} and ${ranks}; ` +
          'start ranks with mpirun, or train alone with --launcher none',
      ),
    );
  });
});
