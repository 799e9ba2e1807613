// One reader, in a process with a fixed heap. It writes its progress to stdout, one line per input, and at
// the end its report; the parent watches. The input stays in the folder while it is read.
import { writeSync } from 'node:fs';
import { ConfigurationError, DataError, DivergedError, RunDirectoryError } from '@convbook/core';
import fc from 'fast-check';
import { measure, type Measured } from './memory.ts';
import { targets } from './targets.ts';
import type { FuzzJob, FuzzReport } from './job.ts';

const job = JSON.parse(process.argv[2]) as FuzzJob;
const target = targets.find(({ name }) => name === job.target);
if (!target) throw new Error(`fuzz: no reader ${job.target}`);
const { changes, change, read } = await target.prepare(job.folder);

const ours = [ConfigurationError, DataError, DivergedError, RunDirectoryError];
const fixedBytes = 16 * 2 ** 20;

/** The problem with the reading of an input, or null. */
function complaint({ error, growthBytes }: Measured, bytes: number): string | null {
  if (error !== null && !ours.some((type) => error instanceof type)) {
    return `not our error: ${error instanceof Error ? error.stack : typeof error}`;
  }
  if (growthBytes <= 4 * bytes + fixedBytes) return null;
  return `${growthBytes} bytes allocated for an input of ${bytes}`;
}

// A full pipe refuses the write until the parent has read from it: try again.
function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(1, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

// The first readings load and compile code: they are not measured, but must succeed.
change(null);
for (let time = 0; time < 3; time++) await read();
const report: FuzzReport = { inputs: 0, refused: 0, mostBytes: 0, failure: null };

const property = fc.asyncProperty(changes, async (made) => {
  const bytes = change(made);
  say(String(report.inputs++));
  let measured = await measure(read);
  if (measured.growthBytes > 4 * bytes + fixedBytes) {
    // Garbage of earlier inputs does not count.
    global.gc?.();
    measured = await measure(read);
  }
  if (measured.error !== null) report.refused++;
  report.mostBytes = Math.max(report.mostBytes, measured.growthBytes - 4 * bytes);
  const wrong = complaint(measured, bytes);
  if (wrong !== null) throw new Error(wrong);
});

const details = await fc.check(property, { numRuns: job.runs, seed: job.seed });
if (details.failed) {
  const [smallest] = details.counterexample ?? [];
  change(smallest);
  const error = details.errorInstance;
  report.failure =
    `${error instanceof Error ? error.message : String(error)}\n` +
    `changes: ${fc.stringify(smallest)}\npath: ${details.counterexamplePath}`;
}
say(JSON.stringify(report));
