/** A rank ended the run for all: with its exit code, and its message after its name. */
export class RankError extends Error {
  override readonly name = 'RankError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A rank as messages name it: `rank 2 (host c)`. */
export function nameOfRank(rank: number, host: string): string {
  return `rank ${rank} (host ${host})`;
}

/** The exit code that an error carries; 1 where it has none, as a defect of ours. */
export function exitCodeOf(error: unknown): number {
  const isCoded = error instanceof Error && 'exitCode' in error;
  return isCoded && typeof error.exitCode === 'number' ? error.exitCode : 1;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
