// Which process this is, and whether another still runs.
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process among all of all machines. */
export interface ProcessIdentity {
  host: string;
  /** Of the machine since it was started; with the id's namespace, as containers have one; Linux only. */
  boot: string | null;
  namespace: string | null;
  process: number;
  /** When the process began, as Linux counts: an id is given again. */
  began: string | null;
}

/** `unknown` where this process cannot see. */
export type ProcessState = 'running' | 'ended' | 'unknown';

/** This process. */
export function thisProcess(): ProcessIdentity {
  return {
    host: hostname(),
    boot: orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: orNull(() => readlinkSync('/proc/self/ns/pid')),
    process: process.pid,
    began: statOf(process.pid)?.began ?? null,
  };
}

/** The state of any process. */
export function stateOfProcess(other: ProcessIdentity): ProcessState {
  const own = thisProcess();
  if (other.host !== own.host) return 'unknown';
  // The machine was started again since, and everything with it.
  if (other.boot !== own.boot) return 'ended';
  if (other.namespace !== own.namespace) return 'unknown';
  return stateOf(other.process, other.began);
}

/** The state of the process of an id on this machine, which began at `began` where that is given. */
export function stateOf(id: number, began: string | null = null): ProcessState {
  if (!isThere(id)) return 'ended';
  const stat = statOf(id);
  if (stat === null) return 'unknown';
  // A zombie has ended, and only its parent does not know yet.
  const isOver = /[ZX]/.test(stat.state) || (began !== null && stat.began !== began);
  return isOver ? 'ended' : 'running';
}

function isThere(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // EPERM: it is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** State and beginning from /proc; null where there is none. */
function statOf(id: number): { state: string; began: string } | null {
  const text = orNull(() => readFileSync(`/proc/${id}/stat`, 'utf8'));
  // The second field is the name in parentheses, which may hold more of them.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields === undefined ? null : { state: fields[0], began: fields[19] };
}

function orNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
