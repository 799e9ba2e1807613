// A fuzz child, watched: it must neither end early nor stand still.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import type { FuzzJob, FuzzReport } from './job.ts';

/** Old space of the child; an input that needs more ends it. */
const heapMegabytes = 256;
/** An input takes milliseconds; loading a minute, where the machine is busy. */
const longestInput = 15_000;
const longestStart = 120_000;

/** Runs a job to its report. A child that crashes or hangs also has one. */
export async function runFuzzJob(job: FuzzJob): Promise<FuzzReport> {
  const flags = [`--max-old-space-size=${heapMegabytes}`, '--expose-gc', '--import', 'tsx'];
  const script = path.join(import.meta.dirname, 'child.ts');
  const child = spawn(process.execPath, [...flags, script, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [inputs, report, stderr] = [0, null as FuzzReport | null, ''];
  let hung = false;
  const end = () => {
    hung = true;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(end, longestStart);
  createInterface({ input: child.stdout }).on('line', (line) => {
    clearTimeout(timer);
    timer = setTimeout(end, longestInput);
    if (line.startsWith('{')) report = JSON.parse(line) as FuzzReport;
    else inputs = Number(line) + 1;
  });
  child.stderr.on('data', (text: Buffer) => (stderr = (stderr + text.toString()).slice(-2000)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  if (report !== null && code === 0) return report;
  const how = hung
    ? `no progress for ${longestInput / 1000} s`
    : `ended with ${signal ?? `code ${code}`}`;
  return { inputs, refused: 0, mostBytes: 0, failure: `input ${inputs}: ${how}\n${stderr}` };
}
