import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { checkNumber, wholeAboveZero } from '@convbook/core/checks';
import { checkFormat, headBytes } from './formats.ts';
import type { Source } from './messages.ts';
import { startPictureProcess, type PictureProcess } from './picture-process.ts';
import type { Pixels } from './pixels.ts';

/** What a decoder does with every picture. */
export interface DecoderOptions {
  /** Pictures with a longer side are reduced to it, in pixels; 2048 without it. */
  longestSide?: number;
}

/** Decodes pictures in a process of its own, which the first of them starts. */
export interface Decoder {
  /**
   * The picture of a file or of its bytes. One is decoded at a time, in the order asked for.
   *
   * @param source PNG, JPEG, WebP, GIF (the first frame), AVIF or TIFF (the first page).
   * @param where Names the picture in errors.
   * @throws ConfigurationError when it cannot be read, has another format, is damaged or takes too much.
   */
  decode(source: Source, where: string): Promise<Pixels>;
  /** Ends the process, after the pictures that were asked for. */
  close(): Promise<void>;
}

// Opening a pipe would wait for its other end. Windows has no such flag.
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a decoder; close it at the end. Several decode side by side.
 *
 * @throws ConfigurationError when `longestSide` is not a whole number above 0.
 */
export function openDecoder({ longestSide = 2048 }: DecoderOptions = {}): Decoder {
  checkNumber('openDecoder: longestSide', longestSide, wholeAboveZero);
  let server: PictureProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function decode(source: Source, where: string): Promise<Pixels> {
    const isPath = typeof source === 'string';
    checkFormat(isPath ? await readHead(source, where) : source, where);
    if (!server?.isAlive()) server = startPictureProcess();
    const reply = await server.ask({ source: isPath ? resolve(source) : source, longestSide });
    if (reply.isEnding) {
      server.end();
      server = undefined;
    }
    if ('pixels' in reply) return reply.pixels;
    throw new ConfigurationError(`${where}: ${reply.problem}`);
  }

  return {
    decode(source, where) {
      const pixels = last.then(() => decode(source, where));
      last = pixels.catch(() => undefined);
      return pixels;
    },
    async close() {
      await last;
      server?.end();
    },
  };
}

/** The first bytes of a file. */
async function readHead(file: string, where: string): Promise<Uint8Array> {
  try {
    const handle = await open(file, openFlags);
    try {
      const status = await handle.stat();
      if (!status.isFile()) throw new ConfigurationError(notAFile(status, where));
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigurationError(`${where}: cannot be read, got ${code}`, { cause });
  }
}

function notAFile(status: Stats, where: string): string {
  const got = status.isDirectory() ? 'a folder' : 'a pipe or device';
  return `${where}: expected a picture file, got ${got}; name a file`;
}
