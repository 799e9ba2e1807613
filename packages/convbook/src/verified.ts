// The verdict of `pnpm verify` on a run or a notebook.
import { ConfigurationError } from '@convbook/core';
import { printable, typedCommand } from '@convbook/core/checks';
import type { RunRecord, RunResult } from '@convbook/run';
import { say } from './progress.ts';

/** @throws ConfigurationError unless the run has ended with a model. */
export function endedResult({ result, status }: RunRecord): RunResult {
  if (result !== undefined && ['complete', 'interrupted'].includes(status)) return result;
  throw new ConfigurationError(
    `verify: expected a complete run, got one that is ${status}; finish it with ${typedCommand('train')} --resume`,
  );
}

/** Says both models and whether all is equal; `equalText` is what is said where it is. */
export function sayVerdict(
  { result, status }: RunRecord,
  repeated: RunResult,
  isSame: boolean,
  equalText: string,
): void {
  if (status === 'interrupted') {
    say(`the run was interrupted after step ${result?.steps}: compared up to there`);
  }
  say(`model of the run    ${result?.modelSha256}`);
  say(`model trained now   ${repeated.modelSha256}`);
  if (isSame) say(equalText);
  conclude(isSame ? [] : ['different'], isSame);
}

/** Says what differs, and ends with 0 or 1. */
export function conclude(lines: readonly string[], isSame: boolean): void {
  for (const line of lines) say(printable(line));
  process.stdout.write(`${isSame ? 'equal' : 'different'}\n`);
  if (!isSame) process.exitCode = 1;
}
