// Shared by every command: its help, how errors end it.
import { printable } from '@convbook/core/checks';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { isWorkspace } from '@convbook/core/node';
import { outliveReaders } from './streams.ts';
import { limitLine } from './system-limits.ts';

const exitCodes = `
Exit codes:
  0 done · 1 a lost rank, or a bug of ours · 2 command line, model or configuration · 3 data set · 4 diverged
  5 run directory or checkpoint · 130, 143 interrupted after saving, 75 with --requeue`;

export { reportsFolder, typedIn } from './places.ts';

/** A command with our conventions: a lone `--` is accepted, wrong usage ends with 2. */
export function createCommand(name: string, description: string, examples: string[]): Command {
  return new Command(`${isWorkspace ? 'pnpm' : 'convbook'} ${name}`)
    .description(description)
    .addHelpText('after', ['\nExamples:', ...examples.map(exampleLine)].join('\n'))
    .addHelpText('after', exitCodes)
    .showSuggestionAfterError()
    .exitOverride();
}

/** An example as it is typed here; remarks stay in their column. */
function exampleLine(example: string): string {
  if (isWorkspace) return `  ${example}`;
  const [typed, spaces = '', remark = ''] = example.split(/( {2,})/);
  const command = typed.replace(/^pnpm(?: -s)?/, 'convbook');
  return `  ${command.padEnd(`${typed}${spaces}`.length + 'convbook'.length - 'pnpm'.length)}${remark}`.trimEnd();
}

/**
 * Runs a command to its exit code. Errors that carry one, and those of a system that gives no more, are a
 * single line on stderr; any other is a bug of ours and keeps its stack.
 */
export async function runCommand(command: Command): Promise<void> {
  outliveReaders();
  // An error that nobody waited for, such as one of an installed package.
  process.on('uncaughtException', (error) => {
    process.off('exit', sayEarlyEnd);
    endWith(error);
    process.exit();
  });
  process.on('exit', sayEarlyEnd);
  const typed = process.argv.slice(2).filter((word, at) => !(at === 0 && word === '--'));
  await command.parseAsync(typed, { from: 'user' }).catch(endWith);
  process.off('exit', sayEarlyEnd);
}

/** Node ends with 1 and without a word where the thread of a loader ends, as it does for want of memory. */
function sayEarlyEnd(code: number): void {
  if (code === 1) endWith(Object.assign(new Error('the end of a thread'), { code: 'ENOMEM' }));
}

function endWith(error: unknown): void {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else refuse(error);
}

/** Prints an error and sets its exit code; the command may go on, and ends with that code. */
export function refuse(error: unknown): void {
  const { code, lines } = explain(error);
  process.stderr.write(`${lines.map(printable).join('\n')}\n`);
  process.exitCode = code;
}

/** `--data`, the option of every command that reads a data set. */
export function dataOption(usual: string): Option {
  const names =
    'mnist, synthetic, a folder of pictures, the four IDX files or CIFAR, or a .npz file';
  return new Option('--data <name>', `${names} (default: ${usual})`);
}

/** `--stream`, the option of commands that train on pictures. */
export function streamOption(): Option {
  return new Option(
    '--stream',
    'read pictures from the file of decoded ones, not from memory (default: where they do not fit)',
  );
}

/** The exit code of an error, and what is said of it. */
function explain(error: unknown): { code: number; lines: string[] } {
  const limit = limitLine(error);
  if (limit !== null) return { code: 2, lines: [`error: ${limit}`] };
  if (!(error instanceof Error)) return { code: 1, lines: String(error).split('\n') };
  if ('exitCode' in error)
    return { code: Number(error.exitCode), lines: [`error: ${error.message}`] };
  return { code: 1, lines: (error.stack ?? error.message).split('\n') };
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
