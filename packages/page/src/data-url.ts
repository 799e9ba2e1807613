import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

/** Bytes as a `data:` URL, base64. */
export function toDataUrl(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** Gzip whose header names no operating system, so that its bytes do not depend on one. */
export function gzip(text: string): Uint8Array {
  return withoutSystem(zlib.gzipSync(text, { level: 9 }));
}

/** As `gzip`, of bytes, on another thread. A lower level than 9 takes less time and gives more bytes. */
export async function gzipBytes(content: Uint8Array, level = 9): Promise<Uint8Array> {
  return withoutSystem(await promisify(zlib.gzip)(content, { level }));
}

function withoutSystem(bytes: Buffer): Uint8Array {
  bytes[9] = 255;
  return bytes;
}
