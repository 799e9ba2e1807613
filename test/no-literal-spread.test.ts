import { Linter } from 'eslint';
import { expect, it } from 'vitest';
import { noLiteralSpread } from '../scripts/no-literal-spread.mjs';

const linter = new Linter();

function places(source: string): number {
  const messages = linter.verify(source, {
    plugins: { convbook: { rules: { 'no-literal-spread': noLiteralSpread } } },
    rules: { 'convbook/no-literal-spread': 'error' },
  });
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.length;
}

it.each([
  ['export const one = { ...{ a: 1, b: 2 }, c: 3 };', 1],
  ['export const one = [...[1, 2], 3];', 1],
  ['console.log(...[1, 2], ...[3]);', 2],
  ['export const one = { ...(true ? { a: 1 } : {}), b: 2 };', 0],
  ['const a = [1]; export const one = [...a, 2];', 0],
])('%s has %i of them', (source, count) => {
  expect(places(source)).toBe(count);
});
