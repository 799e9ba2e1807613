import { gzipSync } from 'node:zlib';

/** Bytes as a `data:` URL, base64. */
export function toDataUrl(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** Gzip whose header names no operating system, so that its bytes do not depend on one. */
export function gzip(text: string): Uint8Array {
  return gzipBytes(Buffer.from(text));
}

/** As `gzip`, of bytes. */
export function gzipBytes(content: Uint8Array): Uint8Array {
  const bytes = gzipSync(content, { level: 9 });
  bytes[9] = 255;
  return bytes;
}
