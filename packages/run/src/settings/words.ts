// Words of a command as a POSIX shell takes them.

/** The data sets that `--data` knows by name. */
export const dataNames: readonly string[] = ['mnist', 'synthetic'];

/** A word, quoted where it has other than plain characters. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A path that is neither taken for an option nor for a data set's name. */
export function pathWord(path: string): string {
  return path.startsWith('-') || dataNames.includes(path) ? `./${path}` : path;
}

/** In a command, the place of a model or data set that a program passed. */
export const programWords = { model: '<model of a program>', data: '<data of a program>' };

/** Whether a command names model and data set. */
export function isRepeatable(command: string): boolean {
  return !Object.values(programWords).some((word) => command.includes(shellWord(word)));
}
