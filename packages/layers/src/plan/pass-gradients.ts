// Where passes read and write gradients, in lane layout, `[position][lane]`.
import type { Shape } from '@convbook/core';
import type { Place } from '../calls/place.ts';
import { outputShapeOf, type BlockPasses, type FusedLayers } from './fused-layers.ts';

/** Where a pass reads and writes gradients. */
export interface PassGradients {
  /** Null where it is not wanted. */
  readonly inputGradient: Place | null;
  readonly outputGradient: Place;
  /** The gradient of the same input by the shortcut of a block, which is added to its own. */
  readonly added: Place | null;
}

/** Gives one pass after the other its places. */
export interface GradientLayout {
  /** Takes the places of pass number `pass`; that of the block's sum completes those inside it. */
  add(pass: number): void;
  placesOf(pass: number): PassGradients;
}

/**
 * The branches of a block share the gradient of its sum where they only read it. The gradient of
 * a block's input is written by the layers inside it; that of its shortcut is then added.
 *
 * @param inputGradient Of the model; null where it is not wanted.
 */
export function createGradientLayout(
  fused: readonly FusedLayers[],
  inputGradient: Place | null,
  take: (shape: Shape) => Place,
): GradientLayout {
  const inputs: (Place | null)[] = [];
  const outputs: Place[] = [];
  const added = new Map<number, Place | null>();
  const convolutions = new Set(fused.map(({ block }) => block?.convolution));
  const gradientOf = (pass: number) => (pass < 0 ? inputGradient : outputs[pass]);
  return {
    add(pass) {
      const { layer, source, block } = fused[pass];
      const isShortcut = convolutions.has(pass);
      inputs[pass] =
        gradientOf(source) && (isShortcut ? take(layer.inputShape) : gradientOf(source));
      if (isShortcut) return;
      const isShared = block !== null && leavesGradient(fused[source]);
      outputs[pass] = isShared ? outputs[source] : take(outputShapeOf(fused[pass]));
      if (block) joinBranches(block, outputs[pass]);
    },
    placesOf: (pass) => ({
      inputGradient: inputs[pass],
      outputGradient: outputs[pass],
      added: added.get(pass) ?? null,
    }),
  };

  function joinBranches({ first, convolution, source }: BlockPasses, ofSum: Place): void {
    if (convolution !== null) outputs[convolution] = ofSum;
    const byShortcut = convolution === null ? ofSum : inputs[convolution];
    added.set(first, gradientOf(source) && byShortcut);
  }
}

/** Whether a pass leaves its output's gradient as it is: one that computes ReLU too may change it in place. */
function leavesGradient({ followedBy }: FusedLayers): boolean {
  return followedBy.length === 0;
}
