// Names a file by its first bytes, where it is something else than expected.
import { closeSync, openSync, readSync } from 'node:fs';

/** What a file is, and what to do with it. */
export interface KnownFormat {
  readonly name: string;
  readonly remedy: string;
}

/** Enough for every signature below. */
const startBytes = 512;

const unpack = 'unpack it, and put the four IDX files of one data set there';
const convert = 'write images and labels as IDX files of unsigned bytes';
const download = 'download the file itself';

type Row<Start> = readonly [start: Start, name: string, remedy: string];

/** By the first bytes, as Latin-1. */
const signatures: readonly Row<string>[] = [
  ['PK\x03\x04', 'a zip archive', unpack],
  ['PK\x05\x06', 'an empty zip archive', download],
  ['\x1f\x8b', 'a gzip file', unpack],
  ['7z\xbc\xaf', 'a 7z archive', unpack],
  ['Rar!', 'a RAR archive', unpack],
  ['\xfd7zXZ\0', 'an xz file', unpack],
  ['BZh', 'a bzip2 file', unpack],
  ['\x28\xb5\x2f\xfd', 'a zstd file', unpack],
  ['\x93NUMPY', 'a NumPy file', convert],
  ['\x89HDF', 'an HDF5 file', convert],
  ['MATLAB ', 'a MATLAB file', convert],
  ['PAR1', 'a Parquet file', convert],
  ['\x80\x02', 'a Python pickle', convert],
  ['\x80\x03', 'a Python pickle', convert],
  ['\x80\x04', 'a Python pickle', convert],
  ['\x80\x05', 'a Python pickle', convert],
  ['\x89PNG', 'a PNG image', convert],
  ['\xff\xd8\xff', 'a JPEG image', convert],
  ['version https://git-lfs', 'a Git LFS pointer', 'fetch the file itself with git lfs pull'],
];

/** By how a text begins, after a byte order mark; the first that fits. */
const texts: readonly Row<RegExp>[] = [
  [/^[^]{257}ustar/, 'a tar archive', unpack],
  [/^\s*<(!doctype html|html|head|body|!--)/i, 'a web page (HTML)', download],
  [/^\s*<[?!\w]/, 'an XML document', download],
  [/^\s*[{[]\s*["\d{[]/, 'a JSON document', convert],
  [/^(?=[^]*[,;\t])[\t\r\n -~]+$/, 'a table of text (CSV)', convert],
];

/** The format that a file begins as, null where it is none of these. */
export function knownFormat(start: Uint8Array): KnownFormat | null {
  const bytes = Buffer.from(start.subarray(0, startBytes)).toString('latin1');
  const text = bytes.replace(/^\xef\xbb\xbf/, '');
  const row =
    signatures.find(([signature]) => bytes.startsWith(signature)) ??
    texts.find(([pattern]) => pattern.test(text));
  return row === undefined ? null : { name: row[1], remedy: row[2] };
}

/** Whether a file begins as gzip does. */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** The first bytes of an open file; its position stays where it is. */
export function readStart(file: number): Uint8Array {
  const start = new Uint8Array(startBytes);
  return start.subarray(0, readSync(file, start, 0, startBytes, 0));
}

/** The first bytes of a regular file. */
export function readStartOf(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    return readStart(file);
  } finally {
    closeSync(file);
  }
}
