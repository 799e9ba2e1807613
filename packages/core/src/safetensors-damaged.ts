import { RunDirectoryError } from './errors.ts';

/** A value as JSON, without control characters, cut to 60 characters. */
export function brief(value: unknown): string {
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, 60) : value) ?? 'nothing';
  const shown = text.slice(0, 60).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
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
