import { RunDirectoryError } from './errors.ts';
import { maskUnprintable } from './printable.ts';

/** A value as JSON, without control characters, cut to 60 characters. */
export function brief(value: unknown): string {
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, 60) : value) ?? 'nothing';
  const shown = maskUnprintable(text.slice(0, 60));
  return text.length > 60 ? `${shown.slice(0, 59)}…` : shown;
}

/** The error for a file that is damaged or not a safetensors file. */
export function damaged(
  where: string,
  what: string,
  got: unknown,
  cause?: unknown,
): RunDirectoryError {
  return new RunDirectoryError(
    `${where}: ${what}, got ${String(got)}; the file is damaged or not safetensors: restore it or write it again`,
    cause === undefined ? undefined : { cause },
  );
}
