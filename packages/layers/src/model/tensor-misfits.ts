// Whether the tensors of a file are the parameters of a model, compared by their headers alone; and these as values.
import { elementCount, type Shape } from '@convbook/core';
import { printable, showValue } from '@convbook/core/checks';
import type { ResolvedModel } from '../calls/resolved.ts';

/** Element type and shape of a tensor. */
export interface TensorType {
  /** As safetensors files name it: `F32`, `F16`, …. */
  readonly dtype: string;
  readonly shape: Shape;
}

/** Where the bytes of a tensor begin, from the end of the header. */
export interface TensorPlace {
  readonly begin: number;
}

/** A tensor that a model and a file do not have in common: null where one of them has none. */
export interface TensorMisfit {
  readonly name: string;
  readonly expected: TensorType | null;
  readonly found: TensorType | null;
}

/** Most misfits that a message names: a file may have thousands of tensors. */
const mostNamed = 200;

/**
 * Every tensor that is missing, unexpected, or of another type or shape: the model's in its own order, then the others.
 * PyTorch's counter of batches beside the running statistics is no misfit.
 */
export function tensorMisfits(
  { parameters }: Pick<ResolvedModel, 'parameters'>,
  tensors: ReadonlyMap<string, TensorType>,
): TensorMisfit[] {
  const own = new Set(parameters.map(({ name }) => name));
  const misfits = parameters.flatMap(({ name, shape }): TensorMisfit[] => {
    const found = tensors.get(name);
    const fits = found?.dtype === 'F32' && found.shape.join() === shape.join();
    return fits ? [] : [{ name, expected: { dtype: 'F32', shape }, found: found ?? null }];
  });
  const unexpected = [...tensors]
    .filter(([name]) => !own.has(name) && !countsBatches(name, own))
    .map(([name, found]) => ({ name, expected: null, found }));
  return [...misfits, ...unexpected];
}

/** The misfits in words, parted by semicolons; only the first 200 are named. */
export function sayMisfits(misfits: readonly TensorMisfit[]): string {
  const named = misfits
    .slice(0, mostNamed)
    .map(
      ({ name, expected, found }) =>
        `${printable(name)}: expected ${say(expected)}, got ${say(found)}`,
    );
  const others = misfits.length - named.length;
  return [...named, ...(others > 0 ? [`and ${others} more`] : [])].join('; ');
}

/** The values of every parameter by full name, copied out of a file whose tensors fit; `data` follow its header. */
export function copyParameters(
  { parameters }: Pick<ResolvedModel, 'parameters'>,
  places: ReadonlyMap<string, TensorPlace>,
  data: Uint8Array,
): Map<string, Float32Array> {
  return new Map(
    parameters.map(({ name, shape }) => {
      const { begin = 0 } = places.get(name) ?? {};
      // The slice of a Buffer would be no copy.
      const copy = new Uint8Array(data.subarray(begin, begin + 4 * elementCount(shape)));
      return [name, new Float32Array(copy.buffer)] as const;
    }),
  );
}

function countsBatches(name: string, own: ReadonlySet<string>): boolean {
  const counter = '.num_batches_tracked';
  return name.endsWith(counter) && own.has(`${name.slice(0, -counter.length)}.running_mean`);
}

function say(type: TensorType | null): string {
  return type === null ? 'nothing' : `${type.dtype} ${showValue(type.shape)}`;
}
