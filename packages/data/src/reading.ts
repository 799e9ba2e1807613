import { DataError } from '@convbook/core';

/** What to do about a file that cannot be read. */
export const again = 'check the path, or download the file again';

/** Runs `read`. Throws DataError naming the path where the system refuses something. */
export function reading<Content>(path: string, read: () => Content): Content {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new DataError(`${path}: expected a readable file, got ${code ?? message}; ${again}`, {
      cause,
    });
  }
}
