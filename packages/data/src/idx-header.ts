// The header of an IDX file: a magic number of two zeros, a type and the number of axes, then the
// length of each axis, all big-endian 32 bits.
import { DataError, highest } from '@convbook/core';
import { knownFormat } from './known-formats.ts';
import { again } from './reading.ts';

const types: Readonly<Record<number, string>> = {
  0x08: 'unsigned bytes',
  0x09: 'signed bytes',
  0x0b: '16-bit integers',
  0x0c: '32-bit integers',
  0x0d: '32-bit floats',
  0x0e: '64-bit floats',
};

const bigEndian =
  "write them in big-endian, as Python's struct.pack('>I', n) and MATLAB's fopen(file, 'w', 'ieee-be') do";

/** Bytes of the header of a file with so many axes. */
export function headerBytes(axes: number): number {
  return 4 + 4 * axes;
}

/**
 * The length of each axis of a file of unsigned bytes with `axes` axes. Throws DataError, its message
 * beginning with `path`, for any other file, and names it where it is known.
 */
export function readShape(path: string, start: Uint8Array, axes: 1 | 3): number[] {
  checkFormat(path, start);
  const expected = headerBytes(axes);
  if (start.length < expected) {
    throw new DataError(
      `${path}: expected an IDX header of ${expected} bytes, got ${start.length}; ${again}`,
    );
  }
  const view = new DataView(start.buffer, start.byteOffset, expected);
  checkMagic(path, view.getUint32(0), axes);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (!shape.includes(0)) return shape;
  throw new DataError(
    `${path}: expected at least one value, got shape [${shape.join(', ')}]; ${again}`,
  );
}

function checkFormat(path: string, start: Uint8Array): void {
  const format = knownFormat(start);
  if (format === null) return;
  throw new DataError(`${path}: expected an IDX file, got ${format.name}; ${format.remedy}`);
}

function checkMagic(path: string, magic: number, axes: 1 | 3): void {
  const expected = 0x800 + axes;
  if (magic === expected) return;
  const { got, remedy } = explain(magic, axes);
  throw new DataError(
    `${path}: expected magic number ${hex(expected)} (${kindOf(expected)}), got ${hex(magic)}${got}; ${remedy}`,
  );
}

function explain(magic: number, axes: 1 | 3): { got: string; remedy: string } {
  if (isIdx(swapped(magic))) {
    return { got: ' (its numbers are in little-endian)', remedy: bigEndian };
  }
  if (!isIdx(magic)) return { got: '', remedy: again };
  const got = ` (${kindOf(magic)})`;
  if (magic >> 8 !== 0x08) return { got, remedy: 'write its values as unsigned bytes, 0 to 255' };
  const shape = axes === 1 ? 'labels as [count]' : 'grey images as [count, rows, columns]';
  const isOther = (magic & 0xff) === (axes === 1 ? 3 : 1);
  return {
    got,
    remedy: isOther ? 'exchange the files of images and labels' : `write ${shape}`,
  };
}

function isIdx(magic: number): boolean {
  return magic >>> 16 === 0 && magic >> 8 in types && (magic & 0xff) > 0;
}

function kindOf(magic: number): string {
  const axes = magic & 0xff;
  return `${types[magic >> 8]}, ${axes} ${axes === 1 ? 'axis' : 'axes'}`;
}

/** The error of a file whose size is not that of its shape. */
export function sizeError(path: string, shape: readonly number[], got: string): DataError {
  const expected = headerBytes(shape.length) + sizeOf(shape);
  const other = shape.map(swapped);
  const areSwapped = highest(shape) >= 1 << 24 && highest(other) < 1 << 24;
  const remedy = areSwapped
    ? `the lengths look like little-endian [${other.join(', ')}]; ${bigEndian}`
    : again;
  return new DataError(
    `${path}: expected ${expected} bytes for shape [${shape.join(', ')}], got ${got}; ${remedy}`,
  );
}

/** Values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** The number with its four bytes in the other order. */
function swapped(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value);
  return view.getUint32(0, true);
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
