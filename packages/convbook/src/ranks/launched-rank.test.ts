import { expect, test } from 'vitest';
import { launchedRank, separateText } from './launched-rank.ts';

test.each([
  [null, 'no launcher', {}],
  [null, 'the batch script of Slurm', { SLURM_PROCID: '0', SLURM_NTASKS: '4' }],
  [2, 'mpirun of Open MPI', { OMPI_COMM_WORLD_RANK: '2', PMIX_RANK: '2' }],
  [1, 'mpiexec of MPICH', { PMI_RANK: '1', PMI_SIZE: '2' }],
  [3, 'srun with PMIx', { PMIX_RANK: '3' }],
])('%s by %s', (rank, _launcher, variables) => {
  expect(launchedRank(variables)).toBe(rank);
});

const srun = { SLURM_PROCID: '0', SLURM_STEP_NUM_TASKS: '2' };

test('tasks of srun that each train by themselves are warned once', () => {
  expect(separateText(srun)).toBe(
    'srun started 2 tasks, and each trains by itself; join them with --launcher mpi, or say --launcher none',
  );
  expect(separateText({ ...srun, PMI_RANK: '0', PMI_SIZE: '2' })).not.toBeNull();
});

test.each([
  ['the second task', { ...srun, SLURM_PROCID: '1' }],
  ['a single task', { ...srun, SLURM_STEP_NUM_TASKS: '1' }],
  ['mpirun in a task', { ...srun, OMPI_COMM_WORLD_RANK: '0' }],
  ['no Slurm', {}],
])('%s says nothing of tasks', (_what, variables) => {
  expect(separateText(variables)).toBeNull();
});
