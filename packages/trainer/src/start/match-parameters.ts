import {
  tensorMisfits,
  type ResolvedModel,
  type ResolvedParameter,
  type TensorMisfit,
  type TensorType,
} from '@convbook/layers';
import type { LeftParameter } from '@convbook/run';

/** The parameters of a model that a file has, and the others with the reason. */
export interface Matched {
  readonly taken: readonly ResolvedParameter[];
  readonly left: readonly LeftParameter[];
  /** Tensors that model and file do not have in common: those left, and those that the model does not know. */
  readonly misfits: readonly TensorMisfit[];
}

/** Takes what has the same name, shape and type; running statistics are parameters like others. */
export function matchParameters(
  model: ResolvedModel,
  tensors: ReadonlyMap<string, TensorType>,
): Matched {
  const misfits = tensorMisfits(model, tensors);
  const names = new Set(misfits.map(({ name }) => name));
  return {
    taken: model.parameters.filter(({ name }) => !names.has(name)),
    left: misfits.flatMap(toLeft),
    misfits,
  };
}

function toLeft({ name, expected, found }: TensorMisfit): LeftParameter[] {
  if (expected === null) return [];
  const own = { name, shape: [...expected.shape] };
  if (found === null) return [{ ...own, reason: 'missing' }];
  return found.shape.join() === expected.shape.join()
    ? [{ ...own, reason: 'type', found: found.dtype }]
    : [{ ...own, reason: 'shape', found: [...found.shape] }];
}

/** Whether a matrix is there with its rows as columns, as other libraries keep dense weights. */
export function isTransposed({ expected, found }: TensorMisfit): boolean {
  if (expected?.shape.length !== 2 || found?.shape.length !== 2) return false;
  const [rows, columns] = expected.shape;
  return rows !== columns && found.shape[0] === columns && found.shape[1] === rows;
}
