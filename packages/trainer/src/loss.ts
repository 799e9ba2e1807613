// How a user names a loss with its settings.
import { lossKinds, type LossSpec } from '@convbook/layers';
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
