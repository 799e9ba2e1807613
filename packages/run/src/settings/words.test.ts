import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRepeatable, pathWord, programWords, shellWord } from './words.ts';

test.each([
  ['./models/c27.ts', './models/c27.ts'],
  ['adam:beta1=0.8,beta2=0.9', 'adam:beta1=0.8,beta2=0.9'],
  ['my digits', "'my digits'"],
  ["kim's", String.raw`'kim'\''s'`],
  ['숫자', "'숫자'"],
  ['$HOME', "'$HOME'"],
  ['~', "'~'"],
  ['', "''"],
])('%s is quoted as %s', (word, want) => {
  expect(shellWord(word)).toBe(want);
});

test('a shell reads quoted words back', () => {
  const hard = fc.constantFrom(...` \n\t'"\\$\`!*?[]{}()<>|&;#~-=%숫é😀`);
  const text = fc.oneof(fc.string({ unit: hard }), fc.string({ unit: 'binary' }));
  const withoutNul = text.filter((word) => !word.includes('\0') && word.isWellFormed());
  const words = fc.sample(withoutNul, 500);
  const command = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
  const printed = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
  expect(printed.split('\0').slice(0, -1)).toEqual(words);
});

test.each([
  ['mnist', './mnist'],
  ['synthetic', './synthetic'],
  ['-digits', './-digits'],
  ['digits', 'digits'],
  ['../mnist', '../mnist'],
  ['/data/mnist', '/data/mnist'],
])('the path %s is written %s', (path, want) => {
  expect(pathWord(path)).toBe(want);
});

test.each([
  ['pnpm train --model lenet --data mnist', true],
  [`pnpm train --model ${shellWord(programWords.model)} --data mnist`, false],
  [`pnpm train --model lenet --data ${shellWord(programWords.data)}`, false],
])('%s can be typed again: %s', (command, want) => {
  expect(isRepeatable(command)).toBe(want);
});
