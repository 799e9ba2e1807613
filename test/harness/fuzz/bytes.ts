// Mutations of bytes, as a broken disk, an incomplete download or an attacker makes them.
import fc from 'fast-check';

/** One change, as plain data: `at` is a place from 0 to 1, `value` decides the rest. */
export interface Mutation {
  readonly kind: string;
  readonly at: number;
  readonly value: number;
}

/** Texts that may confuse a parser. */
export const hostileTexts: readonly string[] = [
  '</script><img src=x onerror=alert(1)>',
  '<!--',
  ']]>',
  '\u0000',
  '\u001b[2J\u0007',
  '\r\n',
  '\u202egnp.exe',
  '\u2066',
  '\ufeff',
  '\ud800',
  '../../../etc/passwd',
  '..\\..',
  'C:\\nul',
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'é'.repeat(300),
  'a'.repeat(20_000),
];

const extremes = [0, 1, 0x7f, 0x80, 0xff];

type Change = (bytes: Buffer, place: number, value: number) => Buffer;

const splice = (bytes: Buffer, from: number, to: number, between: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, from), between, bytes.subarray(to)]);

/** A length of bytes to repeat, remove or move: mostly short, sometimes all. */
const spanOf = (bytes: Buffer, value: number) => 1 + (value % Math.max(1, bytes.length));

const changes: Readonly<Record<string, Change>> = {
  truncate: (bytes, place) => bytes.subarray(0, place),
  'cut the start': (bytes, place) => bytes.subarray(place),
  'flip a bit': (bytes, place, value) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[place % copy.length] ^= 1 << (value % 8);
    return copy;
  },
  'set a byte': (bytes, place, value) =>
    splice(bytes, place, place + 1, Buffer.of(extremes[value % extremes.length])),
  'set 4 bytes': (bytes, place, value) => {
    const word = Buffer.alloc(4);
    word.writeUInt32BE([0, 1, 0x7fffffff, 0x80000000, 0xffffffff][value % 5]);
    return splice(bytes, place, place + 4, word);
  },
  'set 8 bytes': (bytes, place, value) => {
    const word = Buffer.alloc(8);
    word.writeBigUInt64LE([0n, 1n, 2n ** 31n, 2n ** 53n, 2n ** 64n - 1n][value % 5]);
    return splice(bytes, place, place + 8, word);
  },
  remove: (bytes, place, value) =>
    splice(bytes, place, place + spanOf(bytes, value), new Uint8Array(0)),
  'repeat a part': (bytes, place, value) =>
    splice(bytes, place, place, bytes.subarray(place, place + spanOf(bytes, value))),
  'insert text': (bytes, place, value) =>
    splice(bytes, place, place, Buffer.from(hostileTexts[value % hostileTexts.length])),
  'append zeros': (bytes, _, value) => Buffer.concat([bytes, Buffer.alloc(value % 5000)]),
  'insert a flood': (bytes, place, value) => splice(bytes, place, place, floodOf(value)),
};

const floods = [
  '{',
  '[',
  '[[],',
  '{"a":',
  '"',
  '\\',
  ',',
  '\n',
  ' ',
  '0,',
  '{},',
  '\u0000',
  '9',
  '-',
];

/** Up to a megabyte of one repeated text. */
export function floodOf(value: number): Buffer {
  const unit = floods[value % floods.length];
  return Buffer.from(unit.repeat(2 ** (8 + (value % 11))));
}

/** Places from 0 to 1, evenly: `fc.double` mostly gives numbers next to 0. */
export const parts: fc.Arbitrary<number> = fc.integer({ min: 0, max: 99_999 }).map((n) => n / 1e5);

/** One of some values, the first when shrunk. */
export function oneOf<Value>(values: readonly Value[]): fc.Arbitrary<Value> {
  return fc.nat(values.length - 1).map((k) => values[k]);
}

/** Some changes one after the other; floods are rare, they take time. */
export const byteMutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    kind: fc.oneof(
      { weight: 300, arbitrary: oneOf(Object.keys(changes).slice(0, -1)) },
      { weight: 1, arbitrary: fc.constant('insert a flood') },
    ),
    at: parts,
    value: fc.nat(),
  }),
  { minLength: 1, maxLength: 4 },
);

/** The bytes after the changes. */
export function mutateBytes(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce(
    (current, { kind, at, value }) =>
      changes[kind](current, Math.floor(at * current.length), value),
    bytes,
  );
}
