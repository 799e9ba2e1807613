import { describe, expect, test } from 'vitest';
import { RunDirectoryError } from './errors.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.ts';

const remedy = 'the file is damaged or not safetensors: restore it or write it again';

/** A file of the given header and so many zero bytes of data. */
function fileOf(header: string | Uint8Array, dataBytes = 0, headerBytes?: bigint): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, headerBytes ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (shape: string, begin: number, end: number, dtype = '"F32"') =>
  `{"dtype":${dtype},"shape":${shape},"data_offsets":[${begin},${end}]}`;

const all: [string, StoredTensor][] = [
  ['bytes', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 255) }],
  [
    'conv1.weight',
    { dtype: 'F32', shape: [2, 1, 2], data: Float32Array.of(1.5, -0, NaN, Infinity) },
  ],
  ['conv1.bias', { dtype: 'F32', shape: [2], data: Float32Array.of(1e-40, -1) }],
  ['loss', { dtype: 'F64', shape: [], data: Float64Array.of(Math.PI) }],
  ['step', { dtype: 'U32', shape: [1], data: Uint32Array.of(4294967295) }],
  ['7', { dtype: 'I32', shape: [1], data: Int32Array.of(-7) }],
  ['none "quoted" é', { dtype: 'F32', shape: [0, 4], data: new Float32Array(0) }],
];

describe('encodeSafetensors', () => {
  test('writes the layout of the format', () => {
    const bytes = encodeSafetensors(
      new Map<string, StoredTensor>([
        ['b', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }],
        ['a', { dtype: 'F32', shape: [1], data: Float32Array.of(2) }],
      ]),
      { z: '1', format: 'pt' },
    );
    const header =
      '{"__metadata__":{"format":"pt","z":"1"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
    expect(new DataView(bytes.buffer).getBigUint64(0, true)).toBe(BigInt(padded.length));
    expect(new TextDecoder().decode(bytes.subarray(8, 8 + padded.length))).toBe(padded);
    expect([...bytes.subarray(8 + padded.length)]).toEqual([0, 0, 0, 64, 0, 0, 128, 63]);
  });

  test('gives the same bytes for any order', () => {
    const forward = encodeSafetensors(new Map(all), { a: '1', b: '2' });
    expect(encodeSafetensors(new Map([...all].reverse()), { b: '2', a: '1' })).toEqual(forward);
  });

  test('takes views into larger buffers', () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    const bytes = encodeSafetensors(new Map([['x', { dtype: 'F32', shape: [2], data } as const]]));
    expect(decodeSafetensors(bytes, 'file').tensors.get('x')?.data).toEqual(Float32Array.of(1, 2));
  });

  test.each<[string, StoredTensor, string]>([
    [
      'x',
      { dtype: 'F32', shape: [2, 3], data: new Float32Array(5) },
      'safetensors: tensor "x": expected 6 values for F32 of shape [2, 3], got 5 of 4 bytes; pass the tensor\'s own shape',
    ],
    [
      '__metadata__',
      { dtype: 'U8', shape: [0], data: new Uint8Array(0) },
      'safetensors: expected a name other than __metadata__ and __proto__, got __metadata__; rename the tensor',
    ],
  ])('refuses tensor %s', (name, tensor, message) => {
    expect(() => encodeSafetensors(new Map([[name, tensor]]))).toThrow(new RangeError(message));
  });
});

test.each([
  [4001, 1, 'at most 4000 tensors, got 4001'],
  [4000, 200, 'a header of at most 524288 bytes, got 1018896'],
])('encodeSafetensors refuses %i names of %i letters: not read again', (count, letters, what) => {
  const none: StoredTensor = { dtype: 'U8', shape: [0], data: new Uint8Array(0) };
  const name = 'x'.repeat(letters);
  const tensors = new Map(Array.from({ length: count }, (_, k) => [`${name}${k}`, none]));
  expect(() => encodeSafetensors(tensors)).toThrow(
    new RangeError(`safetensors: expected ${what}; store fewer tensors`),
  );
});

describe('decodeSafetensors', () => {
  test('gives back what was written', () => {
    const { tensors, metadata } = decodeSafetensors(
      encodeSafetensors(new Map(all), { format: 'pt', empty: '' }),
      'file',
    );
    expect([...tensors.keys()]).toEqual([
      'loss',
      'conv1.bias',
      'conv1.weight',
      'none "quoted" é',
      'step',
      '7',
      'bytes',
    ]);
    for (const [name, tensor] of all) expect(tensors.get(name)).toEqual(tensor);
    expect(metadata).toEqual({ format: 'pt', empty: '' });
  });

  test('copies, also from an unaligned Buffer and unaligned data', () => {
    const header = `{"a":${entry('[1]', 0, 1, '"U8"')},"b":${entry('[1]', 1, 5)}}`;
    const file = fileOf(header, 5);
    file.set(new Uint8Array(Float32Array.of(2.5).buffer), file.length - 4);
    const buffer = Buffer.concat([Buffer.of(0), file]).subarray(1);
    const { tensors } = decodeSafetensors(buffer, 'file');
    buffer.fill(0);
    expect(tensors.get('b')?.data).toEqual(Float32Array.of(2.5));
    expect(tensors.get('b')?.data.buffer.byteLength).toBe(4);
  });

  test('reads 4000 tensors', () => {
    const tensors = new Map(
      Array.from({ length: 4000 }, (_, k) => [
        `layer ${k}.weight`,
        { dtype: 'F32', shape: [1, 1], data: Float32Array.of(k) } as const,
      ]),
    );
    expect(decodeSafetensors(encodeSafetensors(tensors), 'file').tensors.size).toBe(4000);
  });

  test('reads an empty file of the format', () => {
    expect(decodeSafetensors(fileOf('{}      '), 'file')).toEqual({
      tensors: new Map(),
      metadata: {},
    });
  });

  const atX = (shape: string, begin: number, end: number, dtype?: string) =>
    fileOf(`{"x":${entry(shape, begin, end, dtype)}}`, end);
  const pair = (first: [number, number], second: [number, number], dataBytes: number) =>
    fileOf(`{"a":${entry('[1]', ...first)},"b":${entry('[1]', ...second)}}`, dataBytes);
  const shapeError = (got: string) =>
    `tensor "x": expected a shape of integers of at least 0, got ${got}`;

  test.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'expected at least 8 bytes, got 0'],
    ['7 bytes', new Uint8Array(7), 'expected at least 8 bytes, got 7'],
    [
      'a header beyond the file',
      fileOf('{}', 0, 3n),
      'expected a header of at most 2 bytes, as the file has, got 3',
    ],
    [
      'a header of 512 KiB',
      fileOf('{}', 0, 524289n),
      'expected a header of at most 524288 bytes, got 524289',
    ],
    [
      'a header of 2^64 - 1',
      fileOf('{}', 0, 2n ** 64n - 1n),
      'expected a header of at most 524288 bytes, got 18446744073709551615',
    ],
    ['no header', fileOf(''), 'expected the header to begin with {, got ""'],
    ['an array', fileOf('[]'), 'expected the header to begin with {, got "[]"'],
    [
      'a byte order mark',
      fileOf('\ufeff{}'),
      'expected the header to begin with {, got "\ufffd{}"',
    ],
    [
      'other bytes',
      fileOf(Uint8Array.of(0x7b, 0xff, 0x7d)),
      'expected the header in UTF-8, got other bytes',
    ],
    ['half a header', fileOf('{"x":'), 'expected the header in JSON, got "{\\"x\\":"'],
    ['two headers', fileOf('{}{}'), 'expected the header in JSON, got "{}{}"'],
    [
      'a name twice',
      fileOf(`{"x":${entry('[0]', 0, 0)},"\\u0078":${entry('[0]', 0, 0)}}`),
      'expected each key of the header once, got "x" twice',
    ],
    [
      'a field twice',
      fileOf('{"x":{"dtype":"F32","dtype" : "U8","shape":[0],"data_offsets":[0,0]}}'),
      'expected each key of the header once, got "dtype" twice',
    ],
    [
      'a metadata key twice',
      fileOf('{"__metadata__":{"a":"{","a":"}"}}'),
      'expected each key of the header once, got "a" twice',
    ],
    [
      '__proto__ as a name',
      fileOf(`{"__proto__":${entry('[0]', 0, 0)}}`),
      'expected no key __proto__ in the header, got one',
    ],
    [
      '__proto__ in metadata',
      fileOf('{"__metadata__":{"__pr\\u006fto__":"a"}}'),
      'expected no key __proto__ in the header, got one',
    ],
    [
      'a shape in a shape',
      fileOf('{"x":{"shape":[[]]}}'),
      'expected a header nested at most 3 deep, got more',
    ],
    [
      'lists a hundred thousand deep',
      fileOf(`{"x":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
      'expected a header nested at most 3 deep, got more',
    ],
    [
      'more keys than tensors have',
      fileOf(`{"x":{${Array.from({ length: 33_000 }, (_, k) => `"${k}":0`).join()}}}`),
      'expected a header of at most 4000 tensors, got more',
    ],
    ['a text without an end', fileOf('{"x\\'), 'expected the header in JSON, got "{\\"x\\\\"'],
    [
      'a key with a broken escape',
      fileOf('{"\\q":1}'),
      'expected the header in JSON, got "{\\"\\\\q\\":1}"',
    ],
    [
      'control characters and turned text in a name',
      fileOf(`{"\u202ea\u009b\\u001b[2J":${entry('[1]', 0, 0)}}`),
      'tensor "\ufffda\ufffd\\u001b[2J": expected 4 bytes for F32 of shape [1], got 0',
    ],
    [
      'a number in metadata',
      fileOf('{"__metadata__":{"a":1}}'),
      'expected __metadata__ to be an object of strings, got {"a":1}',
    ],
    [
      'metadata null',
      fileOf('{"__metadata__":null}'),
      'expected __metadata__ to be an object of strings, got null',
    ],
    [
      'an entry of another kind',
      fileOf('{"x":[1]}'),
      'tensor "x": expected exactly dtype, shape and data_offsets, got [1]',
    ],
    [
      'a missing field',
      fileOf('{"x":{"dtype":"F32","shape":[]}}'),
      'tensor "x": expected exactly dtype, shape and data_offsets, got {"dtype":"F32","shape":[]}',
    ],
    [
      'an unknown field',
      fileOf('{"x":{"dtype":"F32","shape":[],"data_offsets":[0,4],"y":1}}', 4),
      'tensor "x": expected exactly dtype, shape and data_offsets, got {"dtype":"F32","shape":[],"data_offsets":[0,4],"y":1}',
    ],
    [
      'an unknown dtype',
      atX('[1]', 0, 2, '"F16"'),
      'tensor "x": expected dtype F64, F32, U32, I32, U8, got "F16"',
    ],
    [
      'a dtype of another kind',
      atX('[1]', 0, 2, '4'),
      'tensor "x": expected dtype F64, F32, U32, I32, U8, got 4',
    ],
    [
      'an inherited dtype',
      atX('[1]', 0, 2, '"toString"'),
      'tensor "x": expected dtype F64, F32, U32, I32, U8, got "toString"',
    ],
    ['a broken shape', atX('[1.5]', 0, 6), shapeError('[1.5]')],
    ['a negative shape', atX('[-1,-1]', 0, 4), shapeError('[-1,-1]')],
    ['a shape of strings', atX('["1"]', 0, 4), shapeError('["1"]')],
    ['a shape past 2^53', atX('[9007199254740992]', 0, 4), shapeError('[9007199254740992]')],
    ['no shape', atX('null', 0, 4), shapeError('null')],
    [
      'an overflowing shape',
      atX('[4294967296,4294967296]', 0, 0),
      'tensor "x": expected a shape whose size can be counted, got [4294967296,4294967296]',
    ],
    [
      'an overflowing empty shape',
      atX('[4294967296,4294967296,0]', 0, 0),
      'tensor "x": expected a shape whose size can be counted, got [4294967296,4294967296,0]',
    ],
    [
      'a huge shape',
      atX('[1000000000]', 0, 4),
      'tensor "x": expected 4000000000 bytes for F32 of shape [1000000000], got 4',
    ],
    [
      'a range of another size',
      atX('[2,3]', 0, 20),
      'tensor "x": expected 24 bytes for F32 of shape [2,3], got 20',
    ],
    [
      'a range backwards',
      fileOf(`{"x":${entry('[1]', 4, 0)}}`, 4),
      'tensor "x": expected data_offsets of two ascending integers, got [4,0]',
    ],
    [
      'three offsets',
      fileOf('{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}', 4),
      'tensor "x": expected data_offsets of two ascending integers, got [0,4,8]',
    ],
    [
      'a hole at the start',
      pair([4, 8], [8, 12], 12),
      'tensor "a": expected its data to begin at byte 0, got 4',
    ],
    [
      'a hole',
      pair([0, 4], [8, 12], 12),
      'tensor "b": expected its data to begin at byte 4, got 8',
    ],
    [
      'an overlap',
      pair([0, 4], [2, 6], 6),
      'tensor "b": expected its data to begin at byte 4, got 2',
    ],
    [
      'the same range twice',
      pair([0, 4], [0, 4], 4),
      'tensor "b": expected its data to begin at byte 4, got 0',
    ],
    ['trailing bytes', pair([0, 4], [4, 8], 9), 'expected 8 bytes of data after the header, got 9'],
    ['missing bytes', pair([0, 4], [4, 8], 7), 'expected 8 bytes of data after the header, got 7'],
  ])('refuses %s', (_, bytes, message) => {
    const read = () => decodeSafetensors(bytes, 'model.safetensors');
    expect(read).toThrow(
      expect.objectContaining({ message: `model.safetensors: ${message}; ${remedy}` }),
    );
    expect(read).toThrow(RunDirectoryError);
  });

  test('refuses a file cut anywhere', () => {
    const bytes = encodeSafetensors(new Map(all));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length), 'cut')).toThrow(RunDirectoryError);
    }
  });
});
