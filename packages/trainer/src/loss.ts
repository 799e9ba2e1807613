// How a user names a loss with its settings.
import { ConfigurationError } from '@convbook/core';
import { lossKinds, type LayerSpec, type LossSpec, type ResolvedModel } from '@convbook/layers';
import { checkName, formatNamed, splitNamed, toNamed } from './named-settings.ts';

/**
 * A loss from its name, or `name:setting=value,…`.
 *
 * @throws ConfigurationError when there is no such loss or setting, or its value does not fit.
 */
export function toLoss(text: string): LossSpec {
  const { name, given } = splitNamed(text);
  return toNamed('loss', lossKinds[checkName('loss', name, lossKinds)], given);
}

/** The text that gives the loss again. */
export function formatLoss(loss: LossSpec): string {
  return formatNamed(loss, lossKinds[loss.name].defaults);
}

/** What a loss does itself before it compares. */
const contained: Partial<Record<LossSpec['name'], LayerSpec['kind']>> = {
  'softmax-cross-entropy': 'softmax',
  'binary-cross-entropy': 'sigmoid',
};

/** @throws ConfigurationError when the model ends with what the loss contains: it would be done twice. */
export function checkLossFits({ name }: LossSpec, { layers }: ResolvedModel): void {
  const last = layers[layers.length - 1];
  if (last.spec.kind !== contained[name]) return;
  throw new ConfigurationError(
    `loss ${name}: expected a model without ${last.spec.kind} at its end, which the loss contains, ` +
      `got ${last.name}; leave the last ${last.spec.kind}() out, or choose another --loss`,
  );
}
