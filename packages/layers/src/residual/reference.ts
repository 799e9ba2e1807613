// A residual block by the references of the layers inside it.
import type { FloatArray, Tensor } from '@convbook/core';
import type { Draws } from '@convbook/core/reference';
import type { LayerParameters, LayerReference } from '../calls/layer-kind.ts';
import type { AnySpec, ResolvedLayer } from '../calls/resolved.ts';

type Gradients = Readonly<Record<string, FloatArray>>;

/** The reference of a block; `referenceOf` gives those of the layers inside it. */
export function residualReference(
  referenceOf: (spec: AnySpec) => LayerReference,
): LayerReference<null> {
  return {
    forward(x, parameters, layer, draws) {
      const own = branchesOf(layer);
      const y = valuesOf(own.body, x, parameters, draws)[own.body.length];
      const [added] = valuesOf(own.shortcut, x, parameters, draws).slice(-1);
      return { shape: y.shape, data: sum(y.data, added.data) };
    },
    backward(x, _y, dY, parameters, layer, draws) {
      const { body, shortcut } = branchesOf(layer);
      const ofBody = backward(body, x, dY, parameters, draws);
      const ofShortcut = backward(shortcut, x, dY, parameters, draws);
      return {
        dX: sum(ofBody.dX, ofShortcut.dX),
        parameters: { ...ofBody.gradients, ...ofShortcut.gradients },
      };
    },
    updateBuffers(x, parameters, layer, draws) {
      const { body } = branchesOf(layer);
      const values = valuesOf(body, x, parameters, draws);
      const updated = body.flatMap((inside, k) => {
        const { updateBuffers } = referenceOf(inside.spec);
        const buffers = updateBuffers?.(values[k], parametersOf(inside, parameters), inside, draws);
        return Object.entries(named(inside, buffers ?? {}));
      });
      return Object.fromEntries(updated);
    },
  };

  /** The input of each layer, then the output of the last. */
  function valuesOf(
    layers: readonly ResolvedLayer[],
    x: Tensor,
    parameters: LayerParameters,
    draws?: Draws,
  ): Tensor[] {
    const values = [x];
    for (const layer of layers) {
      const { forward } = referenceOf(layer.spec);
      values.push(
        forward(values[values.length - 1], parametersOf(layer, parameters), layer, draws),
      );
    }
    return values;
  }

  function backward(
    layers: readonly ResolvedLayer[],
    x: Tensor,
    dY: Tensor,
    parameters: LayerParameters,
    draws?: Draws,
  ): { dX: FloatArray; gradients: Gradients } {
    const values = valuesOf(layers, x, parameters, draws);
    let dX = dY.data;
    let gradients: Gradients = {};
    for (const [k, layer] of [...layers.entries()].reverse()) {
      const own = referenceOf(layer.spec).backward(
        values[k],
        values[k + 1],
        { shape: values[k + 1].shape, data: dX },
        parametersOf(layer, parameters),
        layer,
        draws,
      );
      dX = own.dX;
      gradients = { ...named(layer, own.parameters), ...gradients };
    }
    return { dX, gradients };
  }
}

function branchesOf({ branches }: ResolvedLayer) {
  return { body: branches?.body ?? [], shortcut: branches?.shortcut ? [branches.shortcut] : [] };
}

/** The name of a layer in its block, `conv1` of `residual1.conv1`. */
function shortNameOf({ name }: ResolvedLayer): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The parameters of a layer inside a block, of those of the block. */
function parametersOf(layer: ResolvedLayer, parameters: LayerParameters): LayerParameters {
  const own = layer.parameters.map(
    ({ shortName }) => [shortName, parameters[`${shortNameOf(layer)}.${shortName}`]] as const,
  );
  return Object.fromEntries(own);
}

/** Values of a layer inside a block by their names in the block. */
function named(layer: ResolvedLayer, values: Gradients): Gradients {
  const own = Object.entries(values);
  return Object.fromEntries(own.map(([name, value]) => [`${shortNameOf(layer)}.${name}`, value]));
}

function sum(a: FloatArray, b: FloatArray): FloatArray {
  return a.map((value, i) => value + b[i]);
}
