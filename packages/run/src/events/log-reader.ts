// A log of a run is read as a stream, and a growing one from where the last look ended.
import { fstatSync, readSync } from 'node:fs';
import { withFile } from '../files/open-file.ts';
import { checkReadable } from '../files/read-file.ts';
import { refuseCutLine, type EventReader } from './event-reader.ts';
import { readLines } from './read-lines.ts';

export interface LogReader {
  /**
   * Reads the lines that were written since.
   *
   * @returns Whether the lines read before still stand there; where they do not, nothing is read.
   * @throws RunDirectoryError when one is no event, or the last has no end and may not be cut.
   */
  readOn(mayBeCut: boolean): boolean;
  /** Bytes of the whole lines read so far. */
  readonly sizeBytes: number;
}

/** Bytes before the place of the last look by which a log that was cut back is noticed. */
const mostRemembered = 256;

/** A reader of the log at `path`, which hands on each event; one that is missing is empty. */
export function createLogReader<Event>(
  path: string,
  reader: EventReader<Event>,
  onEvent: (event: Event) => void,
): LogReader {
  let end = 0;
  let remembered: Buffer = Buffer.alloc(0);
  const readFrom = (descriptor: number, mayBeCut: boolean) => {
    const { size } = fstatSync(descriptor);
    if (!remembered.equals(bytesAt(descriptor, end - remembered.length, remembered.length))) {
      return false;
    }
    for (const block of readLines(descriptor, end, size)) {
      for (const line of block.lines) {
        const event = reader.read(line);
        if (event !== null) onEvent(event);
      }
      end = block.end;
    }
    if (end < size && !mayBeCut) {
      refuseCutLine(path, bytesAt(descriptor, end, Math.min(100, size - end)).toString());
    }
    const length = Math.min(end, mostRemembered);
    remembered = bytesAt(descriptor, end - length, length);
    return true;
  };
  return {
    readOn(mayBeCut) {
      if (!checkReadable(path, false)) return end === 0;
      return withFile(path, (descriptor) => readFrom(descriptor, mayBeCut));
    },
    get sizeBytes() {
      return end;
    },
  };
}

function bytesAt(descriptor: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, from));
}
