// metrics.ndjson of a run that goes on: read from either end, a block at a time.
import { closeSync, fstatSync, readSync } from 'node:fs';
import { refuseMissing, refuseRunFile } from '../checks/refuse.ts';
import { openToRead, withFile } from '../files/open-file.ts';
import { createMetricsReader, refuseCutLine, toMetricsEvent } from './event-reader.ts';
import type { MetricsEvent } from './events.ts';
import { endOfLastLine, longestRest, readLines } from './read-lines.ts';

/** Bytes of a log up to the end of its last whole line: a killed run may leave a part of one. */
export function wholeLines(file: string): number {
  return withFile(file, (descriptor) => lastEnd(file, descriptor));
}

/**
 * The last event of a kind in a `metrics.ndjson`, undefined where there is none; read from its end.
 *
 * @throws RunDirectoryError when a line after it is no event.
 */
export function lastMetricsEvent<Name extends MetricsEvent['event']>(
  file: string,
  name: Name,
): Extract<MetricsEvent, { event: Name }> | undefined {
  const isWanted = (event: MetricsEvent): event is Extract<MetricsEvent, { event: Name }> =>
    event.event === name;
  return withFile(file, (descriptor) => {
    for (let end = lastEnd(file, descriptor); end > 0;) {
      const begin = lastEnd(file, descriptor, end - 1, 4096);
      const [block] = readLines(descriptor, begin, end);
      const event = toMetricsEvent(block.lines[0], file);
      if (event !== null && isWanted(event)) return event;
      end = begin;
    }
    return undefined;
  });
}

/**
 * The events of the first `sizeBytes` of a `metrics.ndjson`, a block at a time.
 *
 * @throws RunDirectoryError when these are not whole lines of one event each.
 */
export function* readMetrics(file: string, sizeBytes: number): Generator<MetricsEvent[]> {
  const reader = createMetricsReader(file);
  const descriptor = openToRead(file) ?? refuseMissing(file);
  let end = 0;
  try {
    for (const block of readLines(descriptor, 0, sizeBytes)) {
      yield block.lines.map((line) => reader.read(line)).filter((event) => event !== null);
      end = block.end;
    }
    if (end < sizeBytes) refuseCutLine(file, textAt(descriptor, end, sizeBytes));
  } finally {
    closeSync(descriptor);
  }
}

function lastEnd(
  file: string,
  descriptor: number,
  size = fstatSync(descriptor).size,
  blockBytes?: number,
): number {
  return (
    endOfLastLine(descriptor, size, blockBytes) ??
    refuseRunFile(file, `expected a line end in the last ${longestRest} bytes, got none`)
  );
}

/** Enough of a line for a message. */
function textAt(descriptor: number, from: number, to: number): string {
  const bytes = Buffer.alloc(Math.min(100, to - from));
  return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, from));
}
