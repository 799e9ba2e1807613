// Shared by every command: where paths start, how errors end it.
import { join } from 'node:path';
import { printable } from '@convbook/core/checks';
import { Command, CommanderError, InvalidArgumentError } from 'commander';

/** Where relative paths start: the folder the command was typed in. */
export const typedIn = process.env.INIT_CWD ?? process.cwd();

/** The reports folder of this workspace. */
export const reportsFolder = join(import.meta.dirname, '..', '..', '..', 'reports');

const exitCodes = `
Exit codes:
  0 done · 1 a bug of ours · 2 command line, model or configuration · 3 data set · 4 diverged
  5 run directory or checkpoint · 130, 143 interrupted after saving`;

/** A command with our conventions: a lone `--` is accepted, wrong usage ends with 2. */
export function createCommand(name: string, description: string, examples: string[]): Command {
  return new Command(`pnpm ${name}`)
    .description(description)
    .addHelpText('after', ['\nExamples:', ...examples.map((line) => `  ${line}`)].join('\n'))
    .addHelpText('after', exitCodes)
    .showSuggestionAfterError()
    .exitOverride();
}

/**
 * Runs a command to its exit code. Errors that carry one are a single line on stderr; any other is
 * a bug of ours and keeps its stack.
 */
export async function runCommand(command: Command): Promise<void> {
  const typed = process.argv.slice(2).filter((word, at) => !(at === 0 && word === '--'));
  try {
    await command.parseAsync(typed, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof Error && 'exitCode' in error) {
      refuse(error);
    } else {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`${text.split('\n').map(printable).join('\n')}\n`);
      process.exitCode = 1;
    }
  }
}

/** Prints the line of an error that has an exit code; the command may go on, and ends with that code. */
export function refuse(error: Error & { exitCode?: unknown }): void {
  process.stderr.write(`error: ${printable(error.message)}\n`);
  process.exitCode = Number(error.exitCode);
}

/** Parses an option that takes a number; the packages check its range. */
export function toNumber(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number.');
}

/** Parses an option that takes a whole number of at least 0. */
export function toCount(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number.');
}
