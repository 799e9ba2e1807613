// Reads which types the functions of a WebAssembly module have from its bytes
// (https://webassembly.github.io/spec/core/binary/modules.html): all functions, not only the exported ones.

/** The parameters and results of a function, as the format writes them. */
export interface FunctionType {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

/** The byte that stands for a vector of 128 bits. */
export const v128 = 0x7b;

const headerBytes = 8;
const typeSection = 1;
const functionSection = 3;
const functionForm = 0x60;

/** The type of each function that the module defines, in their order. */
export function functionTypes(module: Uint8Array): FunctionType[] {
  const sections = readSections(module);
  const types = toReader(sections.get(typeSection)).list(readType);
  return toReader(sections.get(functionSection))
    .list(({ number }) => number())
    .map((index) => types[index]);
}

function readSections(module: Uint8Array): Map<number, Uint8Array> {
  const sections = new Map<number, Uint8Array>();
  const reader = toReader(module.subarray(headerBytes));
  while (reader.hasMore()) sections.set(reader.number(), reader.bytes(reader.number()));
  return sections;
}

function readType({ number, list }: Reader): FunctionType {
  const form = number();
  if (form !== functionForm) throw new Error(`types: expected a function's type, got ${form}`);
  const numbers = () => list((reader) => reader.number());
  return { parameters: numbers(), results: numbers() };
}

interface Reader {
  hasMore(): boolean;
  /** An unsigned number in LEB128. */
  number(): number;
  bytes(length: number): Uint8Array;
  /** Its length, then that many items. */
  list<Item>(read: (reader: Reader) => Item): Item[];
}

function toReader(bytes: Uint8Array = Uint8Array.of(0)): Reader {
  let at = 0;
  const reader: Reader = {
    hasMore: () => at < bytes.length,
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++];
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) return value;
      }
    },
    bytes: (length) => bytes.subarray(at, (at += length)),
    list: (read) => Array.from({ length: reader.number() }, () => read(reader)),
  };
  return reader;
}
