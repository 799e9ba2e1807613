import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { RunDirectoryError, showValue } from '@convbook/core';
import { endOfLastLine, readLines } from '@convbook/run';
import { createGiveWay } from '../engine/give-way.ts';
import { cannotWrite } from './atomic-write.ts';

/** An append-only file of one JSON object a line. */
export interface EventLog<Event> {
  append(event: Event): void;
  /** Bytes written so far, from the file's start. */
  readonly sizeBytes: number;
  /** Drops what was appended after `sizeBytes`. */
  cutBack(sizeBytes: number): void;
  /** Hands everything to the disk. */
  sync(): void;
  close(): void;
}

/**
 * Opens a log at its end, or cut back to `sizeBytes`.
 *
 * @throws RunDirectoryError when it cannot be written.
 */
export function openEventLog<Event>(file: string, sizeBytes: number): EventLog<Event> {
  const guarded = <Value>(action: () => Value): Value => {
    try {
      return action();
    } catch (cause) {
      throw cannotWrite(file, cause);
    }
  };
  const handle = guarded(() => openSync(file, sizeBytes === 0 ? 'w' : 'r+'));
  let position = 0;
  const cutBack = (size: number) => {
    guarded(() => ftruncateSync(handle, size));
    position = size;
  };
  cutBack(sizeBytes);
  return {
    append(event) {
      const line = Buffer.from(`${JSON.stringify(event)}\n`);
      // A disk that fills up takes a part, and refuses the rest.
      for (let done = 0; done < line.length;) {
        done += guarded(() => writeSync(handle, line, done, line.length - done, position + done));
      }
      position += line.length;
    },
    get sizeBytes() {
      return position;
    },
    cutBack,
    sync: () => guarded(() => fsyncSync(handle)),
    close: () => closeSync(handle),
  };
}

/** Bytes of a log up to the end of its last whole line: a killed run may leave a part of one. */
export function wholeLines(file: string): number {
  return reading(file, (descriptor) => endOfLastLine(descriptor, fstatSync(descriptor).size));
}

/** The last event of a kind in a log, undefined where there is none; read from its end. */
export function lastEvent<Event extends { event: string }, Name extends Event['event']>(
  file: string,
  name: Name,
): Extract<Event, { event: Name }> | undefined {
  return reading(file, (descriptor) => {
    for (let end = endOfLastLine(descriptor, fstatSync(descriptor).size); end > 0;) {
      const begin = endOfLastLine(descriptor, end - 1, 4096);
      const [block] = readLines(descriptor, begin, end);
      const event = parse(block.lines[0]);
      if (isEvent<Event>(event) && event.event === name) {
        return event as Extract<Event, { event: Name }>;
      }
      end = begin;
    }
    return undefined;
  });
}

/**
 * Counts the events of a kind in the first `sizeBytes` of a log, a block at a time.
 *
 * @throws RunDirectoryError when these are not whole lines of one event each.
 */
export async function countEvents(file: string, sizeBytes: number, name: string): Promise<number> {
  const giveWay = createGiveWay();
  const descriptor = openSync(file, 'r');
  let [count, number, end] = [0, 0, 0];
  try {
    for (const block of readLines(descriptor, 0, sizeBytes)) {
      for (const line of block.lines) {
        number++;
        const event = parse(line);
        if (!isEvent(event)) throw notAnEvent(file, number, line);
        if (event.event === name) count++;
      }
      end = block.end;
      await giveWay();
    }
    if (end < sizeBytes) throw notAnEvent(file, number + 1, textAt(descriptor, end, sizeBytes));
    return count;
  } finally {
    closeSync(descriptor);
  }
}

function reading<Value>(file: string, read: (descriptor: number) => Value): Value {
  const descriptor = openSync(file, 'r');
  try {
    return read(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Enough of a line for a message. */
function textAt(descriptor: number, from: number, to: number): string {
  const bytes = Buffer.alloc(Math.min(100, to - from));
  return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, from));
}

function isEvent<Event extends { event: string }>(value: unknown): value is Event {
  return typeof (value as Event | null)?.event === 'string';
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

function notAnEvent(file: string, line: number, text: string): RunDirectoryError {
  return new RunDirectoryError(
    `${file}: expected an event in line ${line}, got ${showValue(text)}; the file is damaged`,
  );
}
