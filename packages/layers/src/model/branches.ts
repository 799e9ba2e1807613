import type * as calls from '../calls/resolved.ts';
import { innerKinds } from '../registry.ts';
import type { ResolvedLayer } from './model.ts';

/** The two ways from a residual block's input to its sum. */
export interface Branches {
  readonly body: readonly ResolvedLayer[];
  /** The convolution of the shortcut, null where the input itself is added. */
  readonly shortcut: ResolvedLayer | null;
}

/** The layers inside a residual block; null for any other layer. */
export function branchesOf({ branches }: Pick<ResolvedLayer, 'branches'>): Branches | null {
  if (!branches) return null;
  const { body, shortcut } = branches;
  return { body: body.filter(isInner), shortcut: shortcut && isInner(shortcut) ? shortcut : null };
}

// `resolveModel` lets no others into a block.
function isInner(layer: calls.ResolvedLayer): layer is ResolvedLayer {
  return Object.hasOwn(innerKinds, layer.spec.kind);
}
