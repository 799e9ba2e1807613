// Which rank of a launcher this process is, told by variables alone: a run of its own loads nothing of MPI.

/** By launcher; not Slurm's: `sbatch` sets its variables without starting ranks. */
const rankVariables = ['OMPI_COMM_WORLD_RANK', 'PMIX_RANK', 'PMI_RANK'];

/** Null where no launcher started this process. */
export function launchedRank(env: NodeJS.ProcessEnv = process.env): number | null {
  const name = rankVariables.find((variable) => env[variable] !== undefined);
  return name === undefined ? null : Number(env[name]);
}
