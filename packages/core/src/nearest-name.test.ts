import { expect, test } from 'vitest';
import { checkOptionNames } from './arguments.ts';
import { ConfigurationError } from './errors.ts';
import { nearestName } from './nearest-name.ts';

const names = ['epochs', 'learningRate', 'optimizer', 'size', 'testSamples', 'trainSamples', 'fit'];

test.each([
  ['epoch', 'epochs'],
  ['Epochs', 'epochs'],
  ['optimiser', 'optimizer'],
  ['learnRate', 'learningRate'],
  ['learning_rate', 'learningRate'],
  ['imageSize', 'size'],
  ['train', 'trainSamples'],
  ['test', 'testSamples'],
  ['bogus', null],
  ['', null],
  ['x'.repeat(10_000), null],
])('%s means %s', (unknown, meant) => expect(nearestName(unknown, names)).toBe(meant));

test('names that are not known are refused, with the one that is meant', () => {
  const check = (given: object) => () =>
    checkOptionNames('train', given, { epochs: true, out: true });
  expect(check({ epochs: 1, out: undefined, none: undefined })).not.toThrow();
  expect(check({ epoch: 1 })).toThrow(
    new ConfigurationError('train: expected the name of an option, got "epoch"; write epochs'),
  );
  expect(check({ bogus: 1 })).toThrow(
    new ConfigurationError('train: expected options among epochs, out, got "bogus"; leave it out'),
  );
});
