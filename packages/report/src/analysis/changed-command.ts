// The command of a run with some options changed: what to type next.
import { isRepeatable, shellWord } from '@convbook/run';

/** Options to set, without their dashes, and others to leave out. */
export interface CommandChange {
  readonly set: Readonly<Record<string, string>>;
  readonly drop?: readonly string[];
}

/** Options of one run alone: its folder, which is taken, and the run it went on with. */
const ofOneRun = ['out', 'resume'];

/** The command with other options; null where a program passed the model or the data, which no command can name. */
export function changedCommand(command: string, { set, drop = [] }: CommandChange): string | null {
  if (!isRepeatable(command)) return null;
  const kept = withoutOptions(wordsOf(command), [...ofOneRun, ...drop, ...Object.keys(set)]);
  const added = Object.entries(set).flatMap(([name, value]) => [`--${name}`, shellWord(value)]);
  return [...kept, ...added].join(' ');
}

/** The words of a shell's command as typed, with their quotes. */
function wordsOf(command: string): string[] {
  return command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
}

/** Leaves out options with their values, be these `--name value` or `--name=value`. */
function withoutOptions(words: readonly string[], names: readonly string[]): string[] {
  const isNamed = (word: string | undefined) =>
    names.some((name) => word === `--${name}` || word?.startsWith(`--${name}=`));
  return words.filter((word, k) => {
    const before = words[k - 1];
    const isValue = isNamed(before) && !before.includes('=') && !word.startsWith('--');
    return !isNamed(word) && !isValue;
  });
}
