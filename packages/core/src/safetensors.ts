// The safetensors format (huggingface/safetensors, README "Format"): 8 bytes of header length
// (little-endian), a JSON header, then the data without gaps. For little-endian hosts, as WASM
// memory is. Written as the reference implementation writes: tensors ordered by element type (I64,
// F64, F32, U32, I32, U8), then by name, so that each is aligned; the header padded with spaces to a
// multiple of 8.
import {
  type Dtype,
  dtypes,
  bytesOf,
  maxHeaderBytes,
  readHeader,
  refuseDtype,
} from './safetensors-header.ts';
import { mostTensors } from './safetensors-tokens.ts';

/** A tensor as it is stored: row-major, as many elements as the shape has. */
export type StoredTensor =
  | { dtype: 'F64'; shape: readonly number[]; data: Float64Array }
  | { dtype: 'F32'; shape: readonly number[]; data: Float32Array }
  | { dtype: 'U32'; shape: readonly number[]; data: Uint32Array }
  | { dtype: 'I32'; shape: readonly number[]; data: Int32Array }
  | { dtype: 'U8'; shape: readonly number[]; data: Uint8Array };

/** A tensor that can be written: PyTorch counts in int64, which nothing here reads. */
export type WrittenTensor =
  StoredTensor | { dtype: 'I64'; shape: readonly number[]; data: BigInt64Array };

/** The content of a safetensors file; the tensors in the order of their data. */
export interface Safetensors {
  tensors: Map<string, StoredTensor>;
  metadata: Record<string, string>;
}

const writtenDtypes: readonly WrittenTensor['dtype'][] = ['I64', ...dtypes];

/**
 * The bytes of a safetensors file: the same for the same tensors and metadata, whatever their
 * order.
 *
 * Throws RangeError where data and shape disagree, for the names `__metadata__` and `__proto__`, and
 * for more tensors than `decodeSafetensors` reads.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, WrittenTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const pieces = layOutSafetensors(tensors, metadata);
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

/** The bytes of `encodeSafetensors` as consecutive pieces, which share the tensors' memory. */
export function layOutSafetensors(
  tensors: ReadonlyMap<string, WrittenTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const sorted = [...tensors].sort(
    ([nameA, a], [nameB, b]) =>
      writtenDtypes.indexOf(a.dtype) - writtenDtypes.indexOf(b.dtype) || (nameA < nameB ? -1 : 1),
  );
  if (sorted.length > mostTensors) {
    throw new RangeError(
      `safetensors: expected at most ${mostTensors} tensors, got ${sorted.length}; store fewer tensors`,
    );
  }
  for (const [name, tensor] of sorted) checkTensor(name, tensor);
  const header = new TextEncoder().encode(headerText(sorted, metadata));
  const headerBytes = Math.ceil(header.length / 8) * 8;
  if (headerBytes > maxHeaderBytes) {
    throw new RangeError(
      `safetensors: expected a header of at most ${maxHeaderBytes} bytes, got ${headerBytes}; store fewer tensors`,
    );
  }
  const head = new Uint8Array(8 + headerBytes).fill(0x20, 8);
  new DataView(head.buffer).setBigUint64(0, BigInt(headerBytes), true);
  head.set(header, 8);
  return [head, ...sorted.map(([, { data }]) => toBytes(data))];
}

/**
 * Reads the bytes of a safetensors file; the tensors are copies.
 *
 * Throws RunDirectoryError, its message beginning with `where`, for anything the format does not
 * allow and for element types other than those of `StoredTensor`. Nothing larger than `bytes` is
 * allocated before that is known.
 */
export function decodeSafetensors(bytes: Uint8Array, where: string): Safetensors {
  const { entries, metadata, dataStart } = readHeader(bytes, where);
  const tensors = new Map<string, StoredTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    const copy = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    const stored = dtypes.find((known) => known === dtype) ?? refuseDtype(where, name, dtype);
    tensors.set(name, toTensor(stored, shape, copy));
  }
  return { tensors, metadata };
}

/** JSON written by hand, because an object would move names like `7` to the front. */
function headerText(
  sorted: readonly (readonly [string, WrittenTensor])[],
  metadata: Readonly<Record<string, string>>,
): string {
  const fields: string[] = [];
  const pairs = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  if (pairs.length > 0) {
    const strings = pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    fields.push(`"__metadata__":{${strings.join(',')}}`);
  }
  let begin = 0;
  for (const [name, { dtype, shape, data }] of sorted) {
    const end = begin + data.byteLength;
    const entry = JSON.stringify({ dtype, shape, data_offsets: [begin, end] });
    fields.push(`${JSON.stringify(name)}:${entry}`);
    begin = end;
  }
  return `{${fields.join(',')}}`;
}

/** The memory of numbers, as bytes. */
export function toBytes({ buffer, byteOffset, byteLength }: WrittenTensor['data']): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function checkTensor(name: string, { dtype, shape, data }: WrittenTensor): void {
  if (name === '__metadata__' || name === '__proto__') {
    throw new RangeError(
      `safetensors: expected a name other than __metadata__ and __proto__, got ${name}; rename the tensor`,
    );
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (data.length === size && data.BYTES_PER_ELEMENT === bytesOf[dtype]) return;
  throw new RangeError(
    `safetensors: tensor "${name}": expected ${size} values for ${dtype} of shape [${shape.join(', ')}], ` +
      `got ${data.length} of ${data.BYTES_PER_ELEMENT} bytes; pass the tensor's own shape`,
  );
}

function toTensor(
  dtype: Dtype,
  shape: number[],
  { buffer }: Uint8Array<ArrayBuffer>,
): StoredTensor {
  switch (dtype) {
    case 'F64':
      return { dtype, shape, data: new Float64Array(buffer) };
    case 'F32':
      return { dtype, shape, data: new Float32Array(buffer) };
    case 'U32':
      return { dtype, shape, data: new Uint32Array(buffer) };
    case 'I32':
      return { dtype, shape, data: new Int32Array(buffer) };
    case 'U8':
      return { dtype, shape, data: new Uint8Array(buffer) };
    default:
      return dtype satisfies never;
  }
}
