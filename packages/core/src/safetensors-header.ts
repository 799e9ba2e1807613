// The header of a safetensors file, read strictly: everything that the reference implementation refuses
// is refused, and so are repeated keys and unknown fields, which it accepts.
import { brief, damaged } from './safetensors-damaged.ts';
import { checkHeaderTokens } from './safetensors-tokens.ts';

/** Bytes of an element, in the order in which tensors are written. */
const elementBytes = { F64: 8, F32: 4, U32: 4, I32: 4, U8: 1 } as const;
export type Dtype = keyof typeof elementBytes;
export const dtypes = Object.keys(elementBytes) as Dtype[];

/** The other element types that files of PyTorch may have: they are known, and not decoded. */
const otherBytes = { I64: 8, U64: 8, F16: 2, BF16: 2, I16: 2, U16: 2, I8: 1, BOOL: 1 } as const;
type FileDtype = Dtype | keyof typeof otherBytes;
/** Bytes of an element of any type that files may have. */
export const bytesOf: Readonly<Record<FileDtype, number>> = { ...elementBytes, ...otherBytes };
const fileDtypes = Object.keys(bytesOf) as FileDtype[];

/** A tensor's place: bytes `begin` to `end` of the data. */
export interface HeaderEntry {
  name: string;
  dtype: FileDtype;
  shape: number[];
  begin: number;
  end: number;
}

/** The entries fill the file from byte `dataStart` to its end, without gaps or overlaps. */
export interface Header {
  entries: HeaderEntry[];
  metadata: Record<string, string>;
  dataStart: number;
}

/** The reference allows 100 MB, from which JSON.parse makes up to 5 GB of objects. */
export const maxHeaderBytes = 512 * 1024;

/** Bytes from the start of a file that the longest header takes. */
export const headBytes = 8 + maxHeaderBytes;

/**
 * Reads and checks the header of a file of `fileBytes`; throws RunDirectoryError. `bytes` is the whole
 * file, or at least its first `headBytes`.
 */
export function readHeader(bytes: Uint8Array, where: string, fileBytes = bytes.length): Header {
  const dataStart = 8 + headerLength(bytes, where, fileBytes);
  const header = parseHeader(bytes.subarray(8, dataStart), where);
  const metadata = Object.hasOwn(header, '__metadata__') ? header.__metadata__ : {};
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw damaged(where, 'expected __metadata__ to be an object of strings', brief(metadata));
  }
  const entries = Object.keys(header)
    .filter((name) => name !== '__metadata__')
    .map((name) => toEntry(where, name, header[name]));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkRanges(where, entries, fileBytes - dataStart);
  return { entries, metadata: metadata as Record<string, string>, dataStart };
}

function headerLength(bytes: Uint8Array, where: string, fileBytes: number): number {
  if (fileBytes < 8) throw damaged(where, 'expected at least 8 bytes', fileBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getBigUint64(0, true);
  if (length > maxHeaderBytes) {
    throw damaged(where, `expected a header of at most ${maxHeaderBytes} bytes`, length);
  }
  if (length > fileBytes - 8) {
    throw damaged(
      where,
      `expected a header of at most ${fileBytes - 8} bytes, as the file has`,
      length,
    );
  }
  return Number(length);
}

function parseHeader(bytes: Uint8Array, where: string): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
  } catch (cause) {
    throw damaged(where, 'expected the header in UTF-8', 'other bytes', cause);
  }
  if (!text.startsWith('{')) {
    throw damaged(where, 'expected the header to begin with {', brief(text));
  }
  checkHeaderTokens(text, where);
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw damaged(where, 'expected the header in JSON', brief(text), cause);
  }
}

function toEntry(file: string, name: string, field: unknown): HeaderEntry {
  const where = `${file}: tensor ${brief(name)}`;
  if (!isRecord(field) || Object.keys(field).sort().join() !== 'data_offsets,dtype,shape') {
    throw damaged(where, 'expected exactly dtype, shape and data_offsets', brief(field));
  }
  const dtype = fileDtypes.find((known) => known === field.dtype);
  if (dtype === undefined) return refuseDtype(file, name, field.dtype);
  const { shape, data_offsets: offsets } = field;
  if (!isIntegers(shape)) {
    throw damaged(where, 'expected a shape of integers of at least 0', brief(shape));
  }
  if (!isIntegers(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw damaged(where, 'expected data_offsets of two ascending integers', brief(offsets));
  }
  const [begin, end] = offsets;
  const most = shape.reduce((product, length) => product * Math.max(length, 1), bytesOf[dtype]);
  if (!Number.isSafeInteger(most)) {
    throw damaged(where, 'expected a shape whose size can be counted', brief(shape));
  }
  const bytes = shape.includes(0) ? 0 : most;
  if (bytes !== end - begin) {
    throw damaged(
      where,
      `expected ${bytes} bytes for ${dtype} of shape ${brief(shape)}`,
      end - begin,
    );
  }
  return { name, dtype, shape, begin, end };
}

/** Refuses an element type that is not among those that are decoded. */
export function refuseDtype(file: string, name: string, dtype: unknown): never {
  const where = `${file}: tensor ${brief(name)}`;
  throw damaged(where, `expected dtype ${dtypes.join(', ')}`, brief(dtype));
}

function checkRanges(where: string, entries: readonly HeaderEntry[], dataBytes: number): void {
  let expected = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== expected) {
      throw damaged(
        `${where}: tensor ${brief(name)}`,
        `expected its data to begin at byte ${expected}`,
        begin,
      );
    }
    expected = end;
  }
  if (expected !== dataBytes) {
    throw damaged(where, `expected ${expected} bytes of data after the header`, dataBytes);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIntegers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}
