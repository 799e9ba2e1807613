import { closeSync, fsyncSync, ftruncateSync, writeSync } from 'node:fs';
import { cannotWrite } from '../checks/refuse.ts';
import { openToWrite } from '../files/open-file.ts';

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
  const handle = openToWrite(file, sizeBytes === 0);
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
