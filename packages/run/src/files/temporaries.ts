// Files under a temporary name, and what killed processes left of them.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { stateOf } from '@convbook/core/node';
import { namesIn } from './run-kinds.ts';

/** A temporary name for a file, which no other process has: containers give the same ids. */
export function ownTemporary(file: string): string {
  return `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
}

/** `run.json.tmp`, or with the id of its process `index.html.1234.0a1b2c3d.tmp`. */
const temporaryName =
  /^(?:lock(?:\.[0-9a-f]+)*|.+\.(?:json|safetensors|html))(?:\.(\d+)\.[0-9a-f]{8})?\.tmp$/;

/**
 * Removes the temporary files in a folder that begin with `prefix`, but for those of running processes.
 * Such a file without the id of a process is one of the run: only who has its lock may remove it.
 */
export function removeTemporaries(folder: string, prefix: string): void {
  for (const name of namesIn(folder)) {
    const [found, id] = (name.startsWith(prefix) && temporaryName.exec(name)) || [];
    const isInUse = id !== undefined && stateOf(Number(id)) !== 'ended';
    if (found !== undefined && !isInUse) rmSync(join(folder, name), { force: true });
  }
}
