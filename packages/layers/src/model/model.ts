import { ConfigurationError, type Shape } from '@convbook/core';
import type * as calls from '../calls/resolved.ts';
import { kindOf, layerKinds, type LayerSpec } from '../registry.ts';
import { checkInitializer } from '../settings/initializer.ts';
import { checkShape } from './check-shape.ts';
import { fieldsOf, wrong } from './plain-data.ts';

/** A model as plain data: the shape of its input, and its layers in order. */
export interface ModelSpec {
  readonly name?: string;
  /** One sample: `[channels, height, width]`, or `[features]`. */
  readonly input: Shape;
  readonly layers: readonly LayerSpec[];
}

/** A layer of the registry with its shapes and parameters worked out. */
export type ResolvedLayer = calls.ResolvedLayer<unknown, LayerSpec>;

/** A model of such layers. */
export type ResolvedModel = calls.ResolvedModel<LayerSpec>;

/** Returns a model definition unchanged, for its type and for editors: `export default defineModel({ … })`. */
export function defineModel(spec: ModelSpec): ModelSpec {
  return spec;
}

/**
 * Works out every shape and parameter.
 *
 * @throws ConfigurationError naming the layer when a setting or a shape does not fit.
 */
export function resolveModel(spec: ModelSpec): ResolvedModel {
  checkParts(spec);
  checkShape(spec.input, 'model.input');
  if (spec.layers.length === 0) {
    throw new ConfigurationError('model.layers: expected at least one layer, got none');
  }
  const counts = new Map<string, number>();
  const layers: ResolvedLayer[] = [];
  let shape = spec.input;
  for (const layer of spec.layers) {
    checkKind(layer, layers.length);
    const { prefix } = kindOf(layer);
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    layers.push(resolveLayer(layer, `${prefix}${count}`, layers.length, shape));
    shape = layers[layers.length - 1].outputShape;
  }
  return {
    name: spec.name ?? 'model',
    input: spec.input,
    output: shape,
    layers,
    parameters: layers.flatMap((layer) => layer.parameters),
  };
}

// A program in JavaScript may give anything.
function checkParts(spec: unknown): void {
  const { input, layers } = fieldsOf(spec, 'model', 'what defineModel({ input, layers }) gives');
  if (!Array.isArray(input)) wrong('model.input', 'a list such as [1, 28, 28]', input);
  if (!Array.isArray(layers)) wrong('model.layers', 'a list of layers', layers);
}

function checkKind({ kind }: LayerSpec, index: number): void {
  if (Object.hasOwn(layerKinds, kind)) return;
  throw new ConfigurationError(
    `model.layers[${index}].kind: expected one of ${Object.keys(layerKinds).join(', ')}, ` +
      `got ${JSON.stringify(kind)}`,
  );
}

function resolveLayer(
  spec: LayerSpec,
  name: string,
  index: number,
  inputShape: Shape,
): ResolvedLayer {
  const facts = kindOf(spec).resolve(spec, inputShape, name);
  for (const { initializer } of facts.parameters) {
    checkInitializer(initializer, `${name}.initializer`);
  }
  const parameters = facts.parameters.map((parameter) => ({
    ...parameter,
    shortName: parameter.name,
    name: `${name}.${parameter.name}`,
  }));
  return { ...facts, name, index, spec, inputShape, parameters };
}
