// Which rank of a launcher this process is, told by variables alone: a run of its own loads nothing of MPI.

/** By launcher; not Slurm's: `sbatch` sets its variables without starting ranks. */
const rankVariables = ['OMPI_COMM_WORLD_RANK', 'PMIX_RANK', 'PMI_RANK'];

/** Null where no launcher started this process. */
export function launchedRank(env: NodeJS.ProcessEnv = process.env): number | null {
  const name = rankVariables.find((variable) => env[variable] !== undefined);
  return name === undefined ? null : Number(env[name]);
}

/**
 * A warning where srun started several tasks and none is a rank, else null. The first of them says it.
 * Only `--launcher mpi` takes tasks for ranks.
 */
export function separateText(env: NodeJS.ProcessEnv = process.env): string | null {
  const { SLURM_STEP_NUM_TASKS: tasks = '1', SLURM_PROCID: task } = env;
  const isOfMpirun = ['OMPI_COMM_WORLD_RANK', 'MPI_LOCALNRANKS'].some((name) => name in env);
  if (Number(tasks) < 2 || task !== '0' || isOfMpirun) return null;
  return `srun started ${tasks} tasks, and each trains by itself; join them with --launcher mpi, or say --launcher none`;
}
