import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { formatSettings } from './format.ts';
import {
  adagrad,
  adam,
  adamw,
  lamb,
  lars,
  momentum,
  nesterov,
  optimizers,
  rmsprop,
  sgd,
} from './optimizers.ts';
import type { Optimizer } from './optimizer-settings.ts';
import { resolveSettings } from './resolve.ts';
import { parseOptimizer } from './text.ts';
import type { TrainingSettings } from './table.ts';

const configurationOf = (text: string, options: TrainingSettings = {}) =>
  resolveSettings({ ...options, optimizer: parseOptimizer(text) }, 10);
const toOptimizer = (text: string, options?: TrainingSettings) =>
  configurationOf(text, options).optimizer;

// The updates are compared with PyTorch in test/golden-optimizers.test.ts.
test.each(Object.entries(optimizers))(
  '%s has its name, and says what each of its settings may be',
  (name, { defaults, expected }) => {
    expect(defaults.name).toBe(name);
    expect(['name', ...Object.keys(expected)]).toEqual(Object.keys(defaults));
    expect(toOptimizer(name)).toEqual(defaults);
    expect(toOptimizer(name, { weightDecay: 0.25 })).toEqual({ ...defaults, weightDecay: 0.25 });
  },
);

test('each function gives its optimizer, and what it is given', () => {
  const made = [
    adamw(),
    adam(),
    sgd(),
    momentum(),
    nesterov(),
    adagrad(),
    rmsprop(),
    lamb(),
    lars(),
  ];
  expect(made.map(({ name }) => name)).toEqual(Object.keys(optimizers));
  expect(resolveSettings({ optimizer: adam({ beta1: 0.8 }) }, 10).optimizer).toEqual({
    ...optimizers.adam.defaults,
    beta1: 0.8,
  });
});

// Every optimizer has a row here: a setting it refuses.
const refusals: Record<Optimizer['name'], [text: string, message: string]> = {
  adamw: ['beta2=1', 'beta2: expected a number from 0 to below 1, got 1'],
  adam: ['epsilon=0', 'epsilon: expected a number above 0, got 0'],
  sgd: ['weightDecay=-1', 'weightDecay: expected a number of at least 0, got -1'],
  momentum: ['momentum=1', 'momentum: expected a number from 0 to below 1, got 1'],
  nesterov: ['momentum=x', 'momentum: expected a number from 0 to below 1, got NaN'],
  adagrad: ['epsilon=-1', 'epsilon: expected a number above 0, got -1'],
  rmsprop: ['alpha=-1', 'alpha: expected a number from 0 to below 1, got -1'],
  lamb: ['weightDecay=-1', 'weightDecay: expected a number of at least 0, got -1'],
  lars: ['trust=0', 'trust: expected a number above 0, got 0'],
};

test.each(Object.entries(refusals))('%s refuses what does not fit', (name, [text, message]) => {
  const refused = new ConfigurationError(`optimizer ${name}.${message}`);
  expect(() => toOptimizer(`${name}:${text}`)).toThrow(refused);
});

describe('an optimizer by its text', () => {
  test.each([
    ['sgd', {}, { name: 'sgd', weightDecay: 0 }, 'sgd'],
    ['adam:beta1=0.8', {}, { name: 'adam', beta1: 0.8, beta2: 0.999 }, 'adam:beta1=0.8'],
    [
      'adam:epsilon=1e-6,beta2=0.99,weightDecay=0.1',
      {},
      { epsilon: 1e-6, beta2: 0.99, weightDecay: 0.1 },
      'adam:beta2=0.99,epsilon=0.000001',
    ],
    ['nesterov', { momentum: 0.5 }, { name: 'nesterov', momentum: 0.5 }, 'nesterov'],
    ['momentum:momentum=0.8', { weightDecay: 1 }, { momentum: 0.8, weightDecay: 1 }, 'momentum'],
    ['rmsprop:alpha=0.9', {}, { name: 'rmsprop', alpha: 0.9, epsilon: 1e-8 }, 'rmsprop:alpha=0.9'],
    ['lamb:epsilon=1e-8', {}, { beta1: 0.9, epsilon: 1e-8 }, 'lamb:epsilon=1e-8'],
    ['lars:trust=0.01', { momentum: 0.5 }, { momentum: 0.5, trust: 0.01 }, 'lars:trust=0.01'],
    ['adagrad:epsilon=1e-7', {}, { epsilon: 1e-7 }, 'adagrad:epsilon=1e-7'],
  ])('%s %j', (text, options, want, formatted) => {
    const configuration = configurationOf(text, options);
    expect(configuration.optimizer).toMatchObject(want);
    // A setting with an option of its own is not in the text.
    expect(formatSettings(configuration).get('optimizer')).toBe(formatted);
  });

  const names = 'adamw, adam, sgd, momentum, nesterov, adagrad, rmsprop, lamb, lars';
  test.each<[string, string, object]>([
    [`optimizer: expected one of ${names}, got "lion"`, 'lion', {}],
    ['optimizer sgd: expected settings among weightDecay, got "beta1"', 'sgd:beta1=1', {}],
    ['optimizer adam.beta1: expected a number from 0 to below 1, got 1', 'adam:beta1=1', {}],
    ['optimizer adam.beta1: expected a number from 0 to below 1, got NaN', 'adam:beta1', {}],
    ['optimizer adam.epsilon: expected a number above 0, got 0', 'adam:epsilon=0', {}],
    [
      'optimizer rmsprop.alpha: expected a number from 0 to below 1, got -1',
      'rmsprop:alpha=-1',
      {},
    ],
    ['momentum: expected a number from 0 to below 1, got 1', 'momentum', { momentum: 1 }],
    ['weightDecay: expected a number of at least 0, got -1', 'sgd', { weightDecay: -1 }],
    [
      'momentum: expected --optimizer momentum or nesterov or lars, got adamw; choose one of these, or leave the option out',
      'adamw',
      { momentum: 0.9 },
    ],
  ])('%s', (message, text, options) => {
    expect(() => toOptimizer(text, options)).toThrow(new ConfigurationError(message));
  });
});
