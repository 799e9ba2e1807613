// A process of its own that takes the lock of a run directory again and again, each time from a process that
// has ended; it says how often it was alone.
import { mkdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { withLock } from '../files/lock.ts';
import { thisProcess } from '@convbook/core/node';

const [directory, endedProcess, times] = process.argv.slice(2);
const inside = join(directory, 'inside');
let [alone, refused] = [0, 0];

/** Leaves the lock as a process that is killed here would. */
function leaveLock(): void {
  const owner = {
    ...thisProcess(),
    process: Number(endedProcess),
    since: `${process.pid} ${alone}`,
  };
  const file = join(directory, `left-by-${process.pid}`);
  writeFileSync(file, JSON.stringify(owner));
  renameSync(file, join(directory, 'lock'));
}

while (alone < Number(times)) {
  try {
    await withLock(directory, {}, async () => {
      // Throws where another process is here.
      mkdirSync(inside);
      await new Promise(setImmediate);
      rmdirSync(inside);
      alone++;
      leaveLock();
    });
  } catch (error) {
    if (!(error instanceof RunDirectoryError)) throw error;
    refused++;
  }
}
process.stdout.write(JSON.stringify({ alone, wasRefused: refused > 0 }));
