import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './fields.ts';
import { object, text } from './fields.ts';
import { refuse, show } from './refuse.ts';

/** Bytes of a file of the run, null where it is missing and may be. */
export function readBytes(directory: string, file: string, required: boolean): Uint8Array | null {
  const path = join(directory, file);
  if (!existsSync(path))
    return required ? refuse(path, 'expected this file in the run directory, got none') : null;
  try {
    return readFileSync(path);
  } catch (cause) {
    return refuse(path, `cannot be read, got ${(cause as NodeJS.ErrnoException).code}`);
  }
}

/** Text of a file of the run, null where it is missing and may be. */
export function readText(directory: string, file: string, required: boolean): string | null {
  const bytes = readBytes(directory, file, required);
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** A JSON value that the check accepts. `T` names what the check guarantees. */
export function parseJson<T>(source: string, where: string, check: Check): T {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return refuse(where, `expected JSON, got ${show(source.slice(0, 60))}`);
  }
  const complaint = check(value, '');
  return complaint === null ? (value as T) : refuse(where, complaint);
}

/**
 * Events of an NDJSON file. Kinds of events without a check are left out: a newer trainer may write
 * more. With `mayBeCut` a last line without its line end, as a crash leaves it, is left out too.
 */
export function parseEvents<T>(
  source: string,
  where: string,
  checks: Record<string, Check>,
  mayBeCut: boolean,
): T[] {
  const lines = source.split('\n');
  const rest = lines.pop();
  if (rest !== '' && !mayBeCut)
    refuse(where, `expected a line end after the last event, got ${show(rest)}`);
  return lines.flatMap((line, index) => {
    const place = `${where}:${index + 1}`;
    const event = parseJson<{ event: string }>(line, place, object({ event: text }));
    const check = checks[event.event];
    if (check === undefined) return [];
    const complaint = check(event, '');
    return complaint === null ? [event as T] : refuse(place, complaint);
  });
}
