import path from 'node:path';

/** Node's words that run a command as the package scripts do. */
export function commandWords(command: string, ...rest: string[]): string[] {
  return [path.join(import.meta.dirname, '..', '..', 'scripts', 'start.mjs'), command, ...rest];
}
