// Activations, by the formulas of our layers.
import { float, floats, int, node, sizes } from '../proto.ts';
import { chain, type KindName, type LayerRow } from './layer-nodes.ts';

/** A row of an activation that is an operator without settings. */
export function operatorNodes<Name extends KindName>(opType: string): LayerRow<Name> {
  return ({ name }, x) => chain([node(opType, name, [x])]);
}

export const leakyReluNodes: LayerRow<'leakyRelu'> = ({ name, settings }, x) =>
  chain([node('LeakyRelu', name, [x], [float('alpha', settings.parameter)])]);

export const eluNodes: LayerRow<'elu'> = ({ name, settings }, x) =>
  chain([node('Elu', name, [x], [float('alpha', settings.parameter)])]);

/** x · (1 + erf(x / √2)) / 2; `Gelu` itself needs opset 20. */
export const geluNodes: LayerRow<'gelu'> = ({ name }, x) => {
  const [root, one, half] = [`${name}.root2`, `${name}.one`, `${name}.half`];
  const [scaled, erf, shifted, product] = [
    `${name}.scaled`,
    `${name}.erf`,
    `${name}.shifted`,
    `${name}.product`,
  ];
  return chain(
    [
      node('Div', scaled, [x, root]),
      node('Erf', erf, [scaled]),
      node('Add', shifted, [erf, one]),
      node('Mul', product, [x, shifted]),
      node('Mul', name, [product, half]),
    ],
    [floats(root, [], [Math.SQRT2]), floats(one, [], [1]), floats(half, [], [0.5])],
  );
};

/** x · sigmoid(x). */
export const siluNodes: LayerRow<'silu'> = ({ name }, x) => {
  const sigmoid = `${name}.sigmoid`;
  return chain([node('Sigmoid', sigmoid, [x]), node('Mul', name, [x, sigmoid])]);
};

/** Slopes of channels get an axis for rows and one for columns: ONNX aligns axes from the last. */
export const preluNodes: LayerRow<'prelu'> = ({ name, inputShape, parameters }, x) => {
  const weight = parameters[0].name;
  const axes = inputShape.slice(1).map((_, k) => k + 1);
  if (axes.length === 0) return chain([node('PRelu', name, [x, weight])]);
  const [slopes, places] = [`${name}.slopes`, `${name}.axes`];
  return chain(
    [node('Unsqueeze', slopes, [weight, places]), node('PRelu', name, [x, slopes])],
    [sizes(places, axes)],
  );
};

/** Along the channels, or along a vector's values. */
export const softmaxNodes: LayerRow<'softmax'> = ({ name }, x) =>
  chain([node('Softmax', name, [x], [int('axis', 1)])]);
