import { ConfigurationError } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import {
  isTrained,
  type AnySpec,
  type ResolvedLayer,
  type ResolvedModel,
} from '../calls/resolved.ts';

/**
 * The model with the parameters and running statistics of some layers frozen: training leaves them as
 * they are, and a frozen `batchNorm` normalizes with its running statistics. The name of a residual
 * block stands for all layers inside it.
 *
 * @throws ConfigurationError when a name is not that of a layer with parameters, or nothing would be
 * left to train.
 */
export function freezeLayers<Spec extends AnySpec>(
  model: ResolvedModel<Spec>,
  names: readonly string[],
): ResolvedModel<Spec> {
  if (names.length === 0) return model;
  checkNames(model, names);
  const changed = frozen(model, (parameter) =>
    names.some((name) => parameter.startsWith(`${name}.`)),
  );
  checkTrains(changed.parameters.some(isTrained), names);
  return changed;
}

/** The model with all of its parameters frozen: a plan of it has no gradients but those of values. */
export function freezeAll<Spec extends AnySpec>(model: ResolvedModel<Spec>): ResolvedModel<Spec> {
  return frozen(model, () => true);
}

function frozen<Spec extends AnySpec>(
  model: ResolvedModel<Spec>,
  isFrozen: (parameter: string) => boolean,
): ResolvedModel<Spec> {
  const freeze = <Layer extends ResolvedLayer>(layer: Layer): Layer => ({
    ...layer,
    parameters: layer.parameters.map((parameter) =>
      isFrozen(parameter.name) ? { ...parameter, isFrozen: true } : parameter,
    ),
    ...(layer.branches && {
      branches: {
        body: layer.branches.body.map(freeze),
        shortcut: layer.branches.shortcut && freeze(layer.branches.shortcut),
      },
    }),
  });
  const layers = model.layers.map(freeze);
  return { ...model, layers, parameters: layers.flatMap((layer) => layer.parameters) };
}

function checkNames({ layers }: ResolvedModel, names: readonly string[]): void {
  const known = namesOf(layers);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new ConfigurationError(
    `freeze: expected layers with parameters among ${known.join(', ')}, got ${showValue(unknown)}`,
  );
}

/** The layers with parameters, each block before those inside it. */
function namesOf(layers: readonly ResolvedLayer[]): string[] {
  return layers.flatMap(({ name, parameters, branches }) => {
    if (parameters.length === 0) return [];
    const { body = [], shortcut = null } = branches ?? {};
    return [name, ...namesOf(body), ...namesOf(shortcut ? [shortcut] : [])];
  });
}

function checkTrains(trains: boolean, names: readonly string[]): void {
  if (trains) return;
  throw new ConfigurationError(
    `freeze: expected a layer that is left to train, got all of them: ${names.join(', ')}; ` +
      'leave the last one out',
  );
}
