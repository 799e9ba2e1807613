// Processes of Linux, for tests: a command may run in a process that the one started here has started.
import { readFileSync, readdirSync } from 'node:fs';

/** The processes that a process started, and those that these started; none where it has ended. */
export function descendantsOf(pid: number): number[] {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return children.flatMap((id) => [Number(id), ...descendantsOf(Number(id))]);
}

/** The processes of commands that were typed in a folder; none where all have ended. */
export function processesOf(folder: string): number[] {
  const isTypedThere = (pid: number) =>
    textOf(`/proc/${pid}/environ`).split('\0').includes(`INIT_CWD=${folder}`);
  return readdirSync('/proc').map(Number).filter(isTypedThere);
}

/** Resident bytes of a process and its descendants; none where it has ended. */
export function residentBytes(pid: number): number {
  return [pid, ...descendantsOf(pid)].reduce((sum, id) => sum + bytesOf(id), 0);
}

function bytesOf(pid: number): number {
  const status = textOf(`/proc/${pid}/status`);
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
