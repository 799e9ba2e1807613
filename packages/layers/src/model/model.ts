import { ConfigurationError, type Shape } from '@convbook/core';
import type * as calls from '../calls/resolved.ts';
import { innerKinds, kindOf, layerKinds, type LayerSpec } from '../registry.ts';
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
  const numbers = { next: 0 };
  const layers = resolveLayers(spec.layers, spec.input, numbers);
  return {
    name: spec.name ?? 'model',
    input: spec.input,
    output: layers[layers.length - 1].outputShape,
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

/** Counts the layers of a model, those inside blocks too. */
interface Numbers {
  next: number;
}

/** Layers one after another, in the model or in the block of a name. */
function resolveLayers<Spec extends calls.AnySpec>(
  specs: readonly Spec[],
  inputShape: Shape,
  numbers: Numbers,
  block?: string,
): calls.ResolvedLayer<unknown, Spec>[] {
  const counts = new Map<string, number>();
  const layers: calls.ResolvedLayer<unknown, Spec>[] = [];
  let shape = inputShape;
  specs.forEach((spec, k) => {
    checkKind(spec, k, block);
    const { prefix } = kindOf(spec);
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    const layer = resolveLayer(
      spec,
      `${block ? `${block}.` : ''}${prefix}${count}`,
      numbers,
      shape,
    );
    layers.push(layer);
    shape = layer.outputShape;
  });
  return layers;
}

function checkKind({ kind }: calls.AnySpec, k: number, block?: string): void {
  const known = block === undefined ? layerKinds : innerKinds;
  if (Object.hasOwn(known, kind)) return;
  throw new ConfigurationError(
    `${block ?? 'model'}.layers[${k}].kind: expected one of ${Object.keys(known).join(', ')}, ` +
      `got ${JSON.stringify(kind)}`,
  );
}

function resolveLayer<Spec extends calls.AnySpec>(
  spec: Spec,
  name: string,
  numbers: Numbers,
  inputShape: Shape,
): calls.ResolvedLayer<unknown, Spec> {
  const index = numbers.next++;
  const facts = kindOf(spec).resolve(spec, inputShape, name, {
    layers: (specs, shape) => resolveLayers(specs, shape, numbers, name),
    layer: (inner, shortName, shape) => resolveLayer(inner, `${name}.${shortName}`, numbers, shape),
  });
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
