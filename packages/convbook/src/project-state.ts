// Reads the commit of the project that a run is started in. Nothing waits for it.
import { spawn } from 'node:child_process';
import type { RecordedProject } from '@convbook/run';
import { headCommit } from './git-head.ts';

/** Milliseconds for git to say whether files were changed; then it is ended. */
const mostMilliseconds = 2000;

/**
 * Begins to look at the git repository of a folder.
 *
 * @returns Says what is known by now; null where the folder lies in no repository.
 */
export function watchProject(folder: string): () => RecordedProject | null {
  const commit = headCommit(folder);
  if (commit === null) return () => null;
  let changed: boolean | null = null;
  askGit(folder, (differs) => (changed = differs));
  return () => ({ commit, changed });
}

/** Has git compare the tracked files with the commit; without git, or where it fails, nobody hears of it. */
function askGit(folder: string, tell: (differs: boolean) => void): void {
  const words = ['--no-optional-locks', '-c', 'core.fsmonitor=false'];
  const asked = [...words, 'diff', '--quiet', '--no-ext-diff', 'HEAD'];
  // A hook of git has variables that name its own repository.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const env = Object.fromEntries(own);
  try {
    const git = spawn('git', asked, { cwd: folder, env, stdio: 'ignore' });
    git.on('error', () => undefined);
    git.on('exit', (code) => {
      if (code === 0 || code === 1) tell(code === 1);
    });
    git.unref();
    setTimeout(() => git.kill(), mostMilliseconds).unref();
  } catch {
    // The system starts no more processes.
  }
}
