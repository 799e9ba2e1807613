// Commands as processes of their own, for tests: started in the repository, as if typed in a folder.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx');

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Node's words that run a script of `scripts/` from its source. */
export function scriptWords(script: string, ...rest: string[]): string[] {
  return ['--import', tsx, path.join(root, 'scripts', script), ...rest];
}

/** Runs node to its end; relative paths of a command start at `typedIn`. */
export function runNode(
  words: readonly string[],
  typedIn: string,
  {
    cwd = root,
    environment,
  }: { cwd?: string; environment?: Record<string, string> | undefined } = {},
): Promise<Ended> {
  const env = { ...process.env, INIT_CWD: typedIn, ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
