// Which launcher started this process, told by the variables that it sets. Nothing of MPI is loaded for it.
import { ConfigurationError } from '@convbook/core';

/** The launcher that says how many ranks there are. */
export type LauncherName = 'openmpi' | 'mpich' | 'slurm';

/** This process among those that a launcher started. */
export interface Launched {
  readonly launcher: LauncherName;
  readonly rank: number;
  readonly ranks: number;
}

/** Whether to look for a launcher, to insist on ranks, or to train alone whatever started the process. */
export type LauncherChoice = 'auto' | 'mpi' | 'none';

/**
 * This process among its ranks; null where it is to train alone.
 *
 * `mpi` also takes the tasks of Slurm's srun for ranks.
 *
 * @throws ConfigurationError where the variables of a launcher are damaged, or `mpi` finds none.
 */
export function toLaunched(
  choice: LauncherChoice,
  env: NodeJS.ProcessEnv = process.env,
): Launched | null {
  switch (choice) {
    case 'auto':
      return detectLauncher(env);
    case 'mpi':
      return detectLauncher(env) ?? startedBySlurm(env) ?? refuseAlone();
    case 'none':
      return null;
  }
}

/**
 * Finds mpirun of Open MPI and mpiexec of MPICH; null where neither started this process. Slurm's variables
 * alone are no sign: sbatch sets them for its script, too, and srun starts programs that know nothing of MPI.
 *
 * @throws ConfigurationError where the variables of a launcher are damaged.
 */
export function detectLauncher(env: NodeJS.ProcessEnv = process.env): Launched | null {
  return (
    launchedBy('openmpi', env, 'OMPI_COMM_WORLD_RANK', 'OMPI_COMM_WORLD_SIZE') ??
    (isTaskOfSlurm(env) && env.MPI_LOCALNRANKS === undefined
      ? null
      : launchedBy('mpich', env, 'PMI_RANK', 'PMI_SIZE'))
  );
}

function refuseAlone(): never {
  throw new ConfigurationError(
    '--launcher mpi: expected mpirun, mpiexec or srun to start this process, got none of them; ' +
      'start it with one, or train alone without --launcher mpi',
  );
}

function startedBySlurm(env: NodeJS.ProcessEnv): Launched | null {
  if (!isTaskOfSlurm(env)) return null;
  const size = env.SLURM_STEP_NUM_TASKS === undefined ? 'SLURM_NTASKS' : 'SLURM_STEP_NUM_TASKS';
  return launchedBy('slurm', env, 'SLURM_PROCID', size);
}

// Slurm numbers the steps of srun from 0; the batch script and interactive shells have numbers near 2³².
const leastReservedStep = 0xfffffff0;

/** Whether srun started this process, and not sbatch or salloc. */
function isTaskOfSlurm({ SLURM_STEP_ID }: NodeJS.ProcessEnv): boolean {
  return SLURM_STEP_ID !== undefined && Number(SLURM_STEP_ID) < leastReservedStep;
}

function launchedBy(
  launcher: LauncherName,
  env: NodeJS.ProcessEnv,
  rankName: string,
  ranksName: string,
): Launched | null {
  const { [rankName]: rank, [ranksName]: ranks } = env;
  if (rank === undefined || ranks === undefined) return null;
  const isWhole = [rank, ranks].every((text) => /^\d{1,7}$/.test(text));
  if (isWhole && Number(rank) < Number(ranks)) {
    return { launcher, rank: Number(rank), ranks: Number(ranks) };
  }
  throw new ConfigurationError(
    `launcher: expected ${rankName} to be a whole number below ${ranksName}, got ${rank} and ${ranks}; ` +
      'start ranks with mpirun, or train alone with --launcher none',
  );
}
