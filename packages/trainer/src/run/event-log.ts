import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { RunDirectoryError, showValue } from '@convbook/core';
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
  return readFileSync(file).lastIndexOf('\n') + 1;
}

/** The last event of a kind in a log, undefined where there is none. */
export function lastEvent<Event extends { event: string }, Name extends Event['event']>(
  file: string,
  name: Name,
): Extract<Event, { event: Name }> | undefined {
  const events = readEvents<Event>(file, wholeLines(file));
  return events.findLast((event) => event.event === name) as
    Extract<Event, { event: Name }> | undefined;
}

/**
 * The events in the first `sizeBytes` of a log.
 *
 * @throws RunDirectoryError when these are not whole lines of one event each.
 */
export function readEvents<Event extends { event: string }>(
  file: string,
  sizeBytes: number,
): Event[] {
  const lines = readFileSync(file).subarray(0, sizeBytes).toString().split('\n');
  const rest = lines.pop();
  if (rest) throw notAnEvent(file, lines.length + 1, rest);
  return lines.map((line, at) => {
    const event = parse(line);
    if (typeof (event as Event | null)?.event === 'string') return event as Event;
    throw notAnEvent(file, at + 1, line);
  });
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
