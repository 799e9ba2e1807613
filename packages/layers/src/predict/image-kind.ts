// A kind of layer plans its kernel calls on images from a context.
import type { Allocator } from '../calls/allocator.ts';
import type { Call } from '../calls/call.ts';
import type { ConstantTables } from '../calls/constant-tables.ts';
import type { Fusing } from '../calls/passes.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';
import type { ImageMap } from './image-map.ts';
import type { StoredNumbers } from './stored-numbers.ts';

/** A layer with what it reads. */
export interface ImageContext<Settings = unknown> {
  readonly layer: ResolvedLayer<Settings>;
  /** The layers after it that its pass computes, too. */
  readonly followedBy: readonly ResolvedLayer[];
  readonly input: ImageMap;
  /** The map that a residual block adds to `input`; null for other layers. */
  readonly shortcut: ImageMap | null;
  readonly samples: number;
  readonly arena: Allocator;
  readonly tables: ConstantTables;
  readonly stored: StoredNumbers;
  /** Values of a parameter of the layer by its short name. */
  parameter(shortName: string): Float32Array;
}

export interface ImagePass {
  readonly output: ImageMap;
  readonly calls: readonly Call[];
}

/** How a kind of layer computes images. */
export interface ImageKind<Settings = unknown> extends Fusing {
  plan(context: ImageContext<Settings>): ImagePass;
}
