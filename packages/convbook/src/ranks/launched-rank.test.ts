import { expect, test } from 'vitest';
import { launchedRank } from './launched-rank.ts';

test.each([
  [null, 'no launcher', {}],
  [null, 'the batch script of Slurm', { SLURM_PROCID: '0', SLURM_NTASKS: '4' }],
  [2, 'mpirun of Open MPI', { OMPI_COMM_WORLD_RANK: '2', PMIX_RANK: '2' }],
  [1, 'mpiexec of MPICH', { PMI_RANK: '1', PMI_SIZE: '2' }],
  [3, 'srun with PMIx', { PMIX_RANK: '3' }],
])('%s by %s', (rank, _launcher, variables) => {
  expect(launchedRank(variables)).toBe(rank);
});
