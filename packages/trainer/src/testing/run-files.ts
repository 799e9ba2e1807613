import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { decodeSafetensors, type StoredTensor } from '@convbook/core';
import { parseTiming, type MetricsEvent, type RunRecord, type TimingEvent } from '@convbook/run';

/** Files of a run that say when, where or how fast it was: all others are the arithmetic's. */
const ofTheMachine = ['run.json', 'timing.ndjson'];

/** SHA-256 of each file that the arithmetic alone decides, by its path in the run directory. */
export function hashesOf(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(directory, name)).isFile())
    .filter((name) => !ofTheMachine.includes(name));
  return Object.fromEntries(files.sort().map((name) => [name, hashOf(path.join(directory, name))]));
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The lines of metrics.ndjson of one kind, or of all. */
export function metricsOf<Name extends MetricsEvent['event']>(
  directory: string,
  event: Name,
): Extract<MetricsEvent, { event: Name }>[] {
  const lines = readFileSync(path.join(directory, 'metrics.ndjson'), 'utf8').trimEnd().split('\n');
  return lines
    .map((line) => JSON.parse(line) as MetricsEvent)
    .filter((line) => line.event === event) as Extract<MetricsEvent, { event: Name }>[];
}

/** What each session of a run says when it begins. */
export function startsOf(directory: string): Extract<TimingEvent, { event: 'start' }>[] {
  const text = readFileSync(path.join(directory, 'timing.ndjson'), 'utf8');
  return parseTiming(text, 'timing.ndjson', false).filter((line) => line.event === 'start');
}

export function recordOf(directory: string): RunRecord {
  return JSON.parse(readFileSync(path.join(directory, 'run.json'), 'utf8')) as RunRecord;
}

/** The tensors of one of the run's safetensors files. */
export function tensorsOf(directory: string, name: string): Map<string, StoredTensor> {
  const file = path.join(directory, name);
  return decodeSafetensors(readFileSync(file), file).tensors;
}

/** Tensors of a run's files that hold anything but finite numbers, the cursor's own aside. */
export function notFinite(out: string): string[] {
  const files = Object.keys(hashesOf(out)).filter((name) => name.endsWith('.safetensors'));
  return files.flatMap((file) =>
    [...tensorsOf(out, file)]
      .filter(([name, { data }]) => name !== 'cursor' && !data.every(Number.isFinite))
      .map(([name]) => `${file}: ${name}`),
  );
}
