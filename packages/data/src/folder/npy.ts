// NumPy's array format (numpy.lib.format): `\x93NUMPY`, a version, the length of a header, the header, which is a
// Python dictionary of descr, fortran_order and shape, then the values.
import { DataError } from '@convbook/core';
import { printable } from '@convbook/core/checks';

/** An array of a `.npy` file. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** In row-major order, as the file's own type. */
  readonly values: NpyValues;
}

const types = {
  '|u1': Uint8Array,
  '|i1': Int8Array,
  '<u2': Uint16Array,
  '<i2': Int16Array,
  '<u4': Uint32Array,
  '<i4': Int32Array,
  '<u8': BigUint64Array,
  '<i8': BigInt64Array,
  '<f4': Float32Array,
  '<f8': Float64Array,
} as const;

/** The values of an array. */
export type NpyValues = InstanceType<(typeof types)[keyof typeof types]>;

/** NumPy pads it to a multiple of 64 bytes; those of arrays with few axes have 128. */
const mostHeaderBytes = 4096;

/**
 * Reads a `.npy` file of whole numbers or floats, little-endian, in row-major order. The values are a view of
 * `bytes` where these lie at a multiple of their size.
 *
 * @param where Names the array in errors.
 * @throws DataError for anything else: other formats, Python objects, column-major order, a wrong length.
 */
export function readNpy(bytes: Uint8Array, where: string): NpyArray {
  const { header, begin } = readHeader(bytes, where);
  const type = readType(header, where);
  const shape = readShape(header, where);
  const count = shape.reduce((product, length) => product * length, 1);
  const expected = count * type.BYTES_PER_ELEMENT;
  if (bytes.length - begin !== expected) {
    throw refusal(
      where,
      `${expected} bytes of values for shape (${shape.join(', ')})`,
      `${bytes.length - begin}`,
      'save it again',
    );
  }
  const isAligned = (bytes.byteOffset + begin) % type.BYTES_PER_ELEMENT === 0;
  const aligned = isAligned ? bytes.subarray(begin) : bytes.slice(begin);
  return { shape, values: new type(aligned.buffer as ArrayBuffer, aligned.byteOffset, count) };
}

function readHeader(bytes: Uint8Array, where: string): { header: string; begin: number } {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12));
  if (start.length < 12 || start.toString('latin1', 0, 6) !== '\x93NUMPY') {
    throw refusal(where, 'a NumPy array', 'other bytes', 'save it with np.savez');
  }
  // Version 1 has two bytes for the header's length, later ones four.
  const [begin, length] =
    start[6] === 1 ? [10, start.readUInt16LE(8)] : [12, start.readUInt32LE(8)];
  if (length > mostHeaderBytes || begin + length > bytes.length) {
    throw refusal(
      where,
      `a header of at most ${mostHeaderBytes} bytes`,
      `${length}`,
      'save it again',
    );
  }
  const header = Buffer.from(bytes.buffer, bytes.byteOffset + begin, length).toString('latin1');
  return { header, begin: begin + length };
}

function readType(header: string, where: string) {
  const descr = /'descr'\s*:\s*'([^']{1,8})'/.exec(header)?.[1] ?? 'a compound type';
  if (/'fortran_order'\s*:\s*True/.test(header)) {
    throw refusal(where, 'row-major order', 'Fortran order', 'save np.ascontiguousarray of it');
  }
  const known = Object.entries(types).find(([name]) => name === descr);
  if (known) return known[1];
  throw refusal(where, 'whole numbers or floats', descr, 'convert it with astype("uint8")');
}

function readShape(header: string, where: string): number[] {
  const text = /'shape'\s*:\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (text === undefined) throw refusal(where, 'a shape', 'none', 'save it again');
  return text.split(',').flatMap((length) => (length.trim() === '' ? [] : [Number(length)]));
}

function refusal(where: string, expected: string, got: string, cure: string): DataError {
  return new DataError(`${where}: expected ${expected}, got ${printable(got)}; ${cure}`);
}
