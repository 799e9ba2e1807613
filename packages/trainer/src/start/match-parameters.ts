import type { HeaderEntry } from '@convbook/core/files';
import type { ResolvedModel, ResolvedParameter } from '@convbook/layers';
import type { LeftParameter } from '@convbook/run';

/** The parameters of a model that a file has, and the others with the reason. */
export interface Matched {
  readonly taken: readonly ResolvedParameter[];
  readonly left: readonly LeftParameter[];
}

type Tensors = ReadonlyMap<string, Pick<HeaderEntry, 'dtype' | 'shape'>>;

/** Takes what has the same name and shape; running statistics are parameters like others. */
export function matchParameters({ parameters }: ResolvedModel, tensors: Tensors): Matched {
  const reasons = parameters.map((parameter) => ({
    parameter,
    left: reasonOf(parameter, tensors.get(parameter.name)),
  }));
  return {
    taken: reasons.flatMap(({ parameter, left }) => (left === null ? [parameter] : [])),
    left: reasons.flatMap(({ left }) => left ?? []),
  };
}

function reasonOf(
  { name, shape }: ResolvedParameter,
  found: Pick<HeaderEntry, 'dtype' | 'shape'> | undefined,
): LeftParameter | null {
  const own = { name, shape: [...shape] };
  if (found === undefined) return { ...own, reason: 'missing' };
  if (found.shape.join() !== shape.join()) return { ...own, reason: 'shape', found: found.shape };
  if (found.dtype !== 'F32') return { ...own, reason: 'type', found: found.dtype };
  return null;
}
