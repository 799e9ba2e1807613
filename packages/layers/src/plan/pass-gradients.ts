// Where passes read and write gradients, in lane layout, `[position][lane]`.
import type { Shape } from '@convbook/core';
import type { Place } from '../calls/place.ts';
import { isTrained } from '../calls/resolved.ts';
import type { BlockPasses } from '../calls/passes.ts';
import { outputShapeOf, type FusedLayers } from './fused-layers.ts';

/** Where a pass reads and writes gradients. */
export interface PassGradients {
  /** Null where it is not wanted. */
  readonly inputGradient: Place | null;
  readonly outputGradient: Place;
  /** Whether anything that is trained, or the model's input, needs the gradient of its output. */
  readonly isNeeded: boolean;
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
  const needed = neededPasses(fused, inputGradient !== null);
  const gradientOf = (pass: number) => {
    if (pass < 0) return inputGradient;
    return needed[pass] ? outputs[pass] : null;
  };
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
      isNeeded: needed[pass],
      added: added.get(pass) ?? null,
    }),
  };

  function joinBranches({ first, convolution, source }: BlockPasses, ofSum: Place): void {
    if (convolution !== null) outputs[convolution] = ofSum;
    const byShortcut = convolution === null ? ofSum : inputs[convolution];
    added.set(first, gradientOf(source) && byShortcut);
  }
}

/** Whether each pass, or one that it reads from, has something that its output's gradient trains. */
function neededPasses(fused: readonly FusedLayers[], needsInput: boolean): boolean[] {
  const needed: boolean[] = [];
  const isNeeded = (pass: number) => (pass < 0 ? needsInput : needed[pass]);
  for (const { layer, source, block } of fused) {
    const reads = block ? [source, block.convolution ?? block.source] : [source];
    needed.push(layer.parameters.some(isTrained) || reads.some(isNeeded));
  }
  return needed;
}

/** Whether a pass leaves its output's gradient as it is: one that computes ReLU too may change it in place. */
function leavesGradient({ followedBy }: FusedLayers): boolean {
  return followedBy.length === 0;
}
