import { largest } from './largest.ts';

/** Most classes shown of an output. */
const most = 12;

/** One value of a model's output, and whether it is the largest. */
export interface ClassValue {
  readonly name: string;
  readonly value: number;
  readonly isBest: boolean;
}

/** The value of each class, of many classes the largest ones, in the order of the classes. */
export function classValues(output: ArrayLike<number>, names: readonly string[]): ClassValue[] {
  const [best] = largest(names.length, 1, (k) => output[k]);
  return largest(names.length, most, (k) => output[k]).map((k) => ({
    name: names[k],
    value: output[k],
    isBest: k === best,
  }));
}
