// Every optimizer, and how a user names one with its settings.
import { checkNumber, ConfigurationError } from '@convbook/core';
import { checkName, formatNamed, splitNamed, toNamed } from './named-settings.ts';
import {
  adagrad,
  rmsprop,
  type AdaGradOptimizer,
  type RmspropOptimizer,
} from './optimizers/adaptive.ts';
import { adam, adamw, type AdamOptimizer } from './optimizers/adam.ts';
import type { OptimizerKind } from './optimizers/optimizer-kind.ts';
import {
  momentum,
  nesterov,
  sgd,
  type MomentumOptimizer,
  type SgdOptimizer,
} from './optimizers/sgd.ts';

/** An optimizer's settings as plain data. */
export type OptimizerSettings =
  AdamOptimizer | SgdOptimizer | MomentumOptimizer | AdaGradOptimizer | RmspropOptimizer;

/** Every optimizer there is. */
export const optimizerKinds: Readonly<
  Record<OptimizerSettings['name'], OptimizerKind<OptimizerSettings>>
> = { adamw, adam, sgd, momentum, nesterov, adagrad, rmsprop };

/** Settings that have an option of their own. */
export interface OptimizerOptions {
  readonly weightDecay?: number | undefined;
  readonly momentum?: number | undefined;
}

/**
 * An optimizer from its name, or `name:setting=value,…`; an option stands for the setting.
 *
 * @throws ConfigurationError when there is no such optimizer or setting, or its value does not fit.
 */
export function toOptimizer(text: string, options: OptimizerOptions = {}): OptimizerSettings {
  const { name, given } = splitNamed(text);
  const kind = optimizerKinds[checkName('optimizer', name, optimizerKinds)];
  const settings = { ...toNamed('optimizer', kind, given) };
  for (const option of ['weightDecay', 'momentum'] as const) {
    const value = options[option];
    if (value === undefined) continue;
    if (!Object.hasOwn(kind.expected, option)) {
      throw new ConfigurationError(
        `${option}: expected --optimizer ${namesWith(option)}, got ${name}; ` +
          'choose one of these, or leave the option out',
      );
    }
    Object.assign(settings, { [option]: checkNumber(option, value, kind.expected[option]) });
  }
  return settings;
}

/** The text that gives the optimizer again, without what has an option of its own. */
export function formatOptimizer(settings: OptimizerSettings): string {
  const { defaults } = optimizerKinds[settings.name];
  const own = Object.entries(defaults).filter(([setting]) =>
    ['momentum', 'weightDecay'].includes(setting),
  );
  return formatNamed({ ...settings, ...Object.fromEntries(own) }, defaults);
}

function namesWith(setting: string): string {
  return Object.entries(optimizerKinds)
    .filter(([, { expected }]) => Object.hasOwn(expected, setting))
    .map(([name]) => name)
    .join(' or ');
}
