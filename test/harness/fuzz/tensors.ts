// Mutations of a safetensors file: of the tensors in it, which leaves it valid, of its header, and of
// its bytes.
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '@convbook/core';
import fc from 'fast-check';
import { byteMutations, mutateBytes, oneOf, parts, type Mutation } from './bytes.ts';
import { jsonMutations, mutateJson, type JsonMutations } from './json.ts';

export interface TensorMutations {
  readonly tensors: readonly Mutation[];
  readonly header: JsonMutations | null;
  readonly bytes: readonly Mutation[];
}

type Tensors = Map<string, StoredTensor>;
type Change = (tensors: Tensors, name: string, tensor: StoredTensor, value: number) => void;

const numbers = [0, -1, 1.5, 255, 2 ** 31, 2 ** 53, 1e308, NaN, Infinity, -Infinity];

/** A tensor of another shape, filled with its own values repeatedly. */
function resized({ data, dtype }: StoredTensor, shape: number[]): StoredTensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Array.from({ length: size }, (_, at) => data[at % Math.max(1, data.length)] ?? 0);
  return toTensor(dtype, shape, values);
}

function toTensor(dtype: StoredTensor['dtype'], shape: number[], values: number[]): StoredTensor {
  switch (dtype) {
    case 'F64':
      return { dtype, shape, data: Float64Array.from(values) };
    case 'F32':
      return { dtype, shape, data: Float32Array.from(values) };
    case 'U32':
      return { dtype, shape, data: Uint32Array.from(values) };
    case 'I32':
      return { dtype, shape, data: Int32Array.from(values) };
    case 'U8':
      return { dtype, shape, data: Uint8Array.from(values) };
    default:
      return dtype satisfies never;
  }
}

const types = ['F64', 'F32', 'U32', 'I32', 'U8'] as const;

const changes: Readonly<Record<string, Change>> = {
  remove: (tensors, name) => void tensors.delete(name),
  rename: (tensors, name, tensor) => {
    tensors.delete(name);
    tensors.set(`${name}\u001b`, tensor);
  },
  'another type': (tensors, name, { shape, data }, value) =>
    void tensors.set(name, toTensor(types[value % 5], [...shape], Array.from(data))),
  'another size': (tensors, name, tensor, value) => {
    const shape = [...tensor.shape];
    if (shape.length > 0) shape[value % shape.length] = [0, 1, 2, 3, 100, 999][(value >> 3) % 6];
    tensors.set(name, resized(tensor, shape));
  },
  'another axis': (tensors, name, tensor) =>
    void tensors.set(name, resized(tensor, [1, ...tensor.shape])),
  'an axis less': (tensors, name, tensor) =>
    void tensors.set(name, resized(tensor, tensor.shape.slice(1))),
  'another value': (tensors, name, { dtype, shape, data }, value) => {
    const values = Array.from(data);
    values[(value >> 4) % Math.max(1, values.length)] = numbers[value % numbers.length];
    tensors.set(name, toTensor(dtype, [...shape], values.slice(0, data.length)));
  },
};

const tensorChanges = fc.array(
  fc.record({
    kind: oneOf(Object.keys(changes)),
    at: parts,
    value: fc.nat(),
  }),
  { minLength: 1, maxLength: 3 },
);
const none = fc.constant([]);

export const tensorMutations: fc.Arbitrary<TensorMutations> = fc.oneof(
  fc.record({ tensors: tensorChanges, header: fc.constant(null), bytes: none }),
  fc.record({ tensors: none, header: jsonMutations, bytes: none }),
  fc.record({ tensors: none, header: fc.constant(null), bytes: byteMutations }),
);

/**
 * The bytes of a file after the changes.
 *
 * @param seal Metadata for the changed tensors, such as their hash.
 */
export function mutateTensors(
  file: Uint8Array,
  { tensors: changed, header, bytes }: TensorMutations,
  seal?: (tensors: Tensors) => Record<string, string>,
): Buffer {
  if (header !== null) return mutateHeader(file, header);
  const { tensors, metadata } = decodeSafetensors(file, 'valid');
  for (const { kind, at, value } of changed) {
    const names = [...tensors.keys()];
    if (names.length === 0) continue;
    const name = names[Math.floor(at * (names.length - 1))];
    changes[kind](tensors, name, tensors.get(name) as StoredTensor, value);
  }
  const encoded = encodeSafetensors(tensors, seal?.(tensors) ?? metadata);
  return mutateBytes(Buffer.from(encoded), bytes);
}

function mutateHeader(file: Uint8Array, mutations: JsonMutations): Buffer {
  const bytes = Buffer.from(file);
  const dataStart = 8 + Number(bytes.readBigUInt64LE(0));
  const text = bytes.subarray(8, dataStart).toString();
  const header = mutateJson(JSON.parse(text) as unknown, mutations);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, bytes.subarray(dataStart)]);
}
