import { checkShape } from './check-shape.ts';
import { checkInitializer } from '../settings/initializer.ts';
import type { ResolvedLayer, ResolvedModel } from '../calls/resolved.ts';
import { kindOf, layerKinds, type LayerSpec } from '../registry.ts';
import { ConfigurationError, type Shape } from '@convbook/core';

/** A model as plain data: what goes in, and the layers in order. */
export interface ModelSpec {
  readonly name?: string;
  /** One sample: `[channels, height, width]`, or `[features]`. */
  readonly input: Shape;
  readonly layers: readonly LayerSpec[];
}

/** A model definition as it is, for its type and for editors: `export default defineModel({ … })`. */
export function defineModel(spec: ModelSpec): ModelSpec {
  return spec;
}

/**
 * Works out every shape and parameter.
 *
 * @throws ConfigurationError naming the layer when a setting or a shape does not fit.
 */
export function resolveModel(spec: ModelSpec): ResolvedModel {
  checkShape(spec.input, 'model.input');
  if (spec.layers.length === 0) {
    throw new ConfigurationError('model.layers: expected at least one layer, got none');
  }
  const counts = new Map<string, number>();
  const layers: ResolvedLayer[] = [];
  let shape = spec.input;
  for (const layer of spec.layers) {
    if (!Object.hasOwn(layerKinds, layer.kind)) {
      throw new ConfigurationError(
        `model.layers[${layers.length}].kind: expected one of ` +
          `${Object.keys(layerKinds).join(', ')}, got ${JSON.stringify(layer.kind)}`,
      );
    }
    const kind = kindOf(layer);
    const count = (counts.get(kind.prefix) ?? 0) + 1;
    counts.set(kind.prefix, count);
    const name = `${kind.prefix}${count}`;
    const facts = kind.resolve(layer, shape, name);
    for (const parameter of facts.parameters) {
      checkInitializer(parameter.initializer, `${name}.initializer`);
    }
    const parameters = facts.parameters.map((parameter) => ({
      ...parameter,
      shortName: parameter.name,
      name: `${name}.${parameter.name}`,
    }));
    const index = layers.length;
    layers.push({ ...facts, name, index, spec: layer, inputShape: shape, parameters });
    shape = facts.outputShape;
  }
  return {
    name: spec.name ?? 'model',
    input: spec.input,
    output: shape,
    layers,
    parameters: layers.flatMap((layer) => layer.parameters),
  };
}
