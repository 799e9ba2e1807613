import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { checkNumber, wholeAboveZero } from '@convbook/core/checks';
import { checkFormat, headBytes, type ReaderName } from './formats.ts';
import type {
  DecodedImage,
  ImageMaking,
  PictureSize,
  Products,
  Request,
  Source,
} from './messages.ts';
import { startPictureProcess, type PictureProcess } from './picture-process.ts';
import type { Pixels } from './pixels.ts';

/** What a decoder does with every picture. */
export interface DecoderOptions {
  /** Pictures with a longer side are reduced to it, in pixels; 2048 without it. */
  longestSide?: number;
}

/**
 * Decodes pictures in a process of its own, which the first of them starts: one at a time, in the order asked for.
 *
 * Each method takes a file's path or its bytes, and what names the picture in errors. It throws ConfigurationError
 * when the picture cannot be read, has another format, is damaged or takes too much.
 */
export interface Decoder {
  /** The pixels of a PNG, JPEG, WebP, GIF (the first frame), AVIF, TIFF (the first page) or BMP. */
  decode(source: Source, where: string): Promise<Pixels>;
  /** An image of the picture, made in that process. */
  decodeImage(source: Source, where: string, making: ImageMaking): Promise<DecodedImage>;
  /** The picture's size by its header alone. */
  readSize(source: Source, where: string): Promise<PictureSize>;
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

  async function ask<Kind extends keyof Products>(request: Request<Kind>, where: string) {
    if (!server?.isAlive()) server = startPictureProcess();
    const reply = await server.ask(request);
    if (reply.isEnding) {
      server.end();
      server = undefined;
    }
    if ('product' in reply) return reply.product;
    throw new ConfigurationError(`${where}: ${reply.problem}`);
  }

  /** Looks at the beginning of a picture while the one before is decoded. */
  function askInTurn<Kind extends keyof Products>(
    source: Source,
    where: string,
    want: Kind,
    making?: ImageMaking,
  ) {
    const before = last;
    const path = typeof source === 'string' ? resolve(source) : source;
    const answer = findReader(source, where).then(async (reader) => {
      await before;
      return ask({ source: path, reader, longestSide, want, making }, where);
    });
    last = Promise.allSettled([before, answer]);
    return answer;
  }

  return {
    decode: (source, where) => askInTurn(source, where, 'pixels'),
    decodeImage: (source, where, making) => askInTurn(source, where, 'image', making),
    readSize: (source, where) => askInTurn(source, where, 'size'),
    async close() {
      await last;
      server?.end();
    },
  };
}

async function findReader(source: Source, where: string): Promise<ReaderName> {
  return checkFormat(typeof source === 'string' ? await readHead(source, where) : source, where);
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
    const remedy = code === 'EACCES' || code === 'EPERM' ? 'mend permissions' : 'check the path';
    throw new ConfigurationError(`${where}: cannot be read, got ${code}; ${remedy}`, { cause });
  }
}

function notAFile(status: Stats, where: string): string {
  const got = status.isDirectory() ? 'a folder' : 'a pipe or device';
  return `${where}: expected a picture file, got ${got}; name a file`;
}
