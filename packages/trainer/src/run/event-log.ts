import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { cannotWrite } from './atomic-write.ts';

/** An append-only file of one JSON object a line. */
export interface EventLog<Event> {
  append(event: Event): void;
  /** Bytes written so far, from the file's start. */
  readonly sizeBytes: number;
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
  guarded(() => ftruncateSync(handle, sizeBytes));
  let position = sizeBytes;
  return {
    append(event) {
      const line = `${JSON.stringify(event)}\n`;
      position += guarded(() => writeSync(handle, line, position));
    },
    get sizeBytes() {
      return position;
    },
    sync: () => guarded(() => fsyncSync(handle)),
    close: () => closeSync(handle),
  };
}
