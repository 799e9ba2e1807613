import path from 'node:path';
import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
// Any source of a package that exists: a rule that asks for types needs a file of the project.
const filePath = path.join(root, 'packages/page/src/text/format.ts');
const rule = 'convbook/no-long-spread';
const given = 'declare const many: number[]; declare const pair: readonly [number, number];';
const eslint = new ESLint({ cwd: root, overrideConfig: { rules: { 'no-console': 'off' } } });

async function lines(source: string): Promise<number[]> {
  const [{ messages }] = await eslint.lintText(`${given}\n${source}`, { filePath });
  return messages.filter(({ ruleId }) => ruleId === rule).map(({ line }) => line);
}

it.each([
  'export const low = Math.min(...many);',
  'export const high = Math.max(0, ...many);',
  'export const list: number[] = []; list.push(...many);',
  'export const list: number[] = []; list.unshift(...many.map((x) => x));',
  'export const text = String.fromCharCode(...new Uint8Array(9));',
  'export const high = Math.max.apply(null, many);',
  'export const values = Float32Array.of(...many);',
  'export const dates = new Set(...[many, ...many]);',
  'export const high = Math.max(...[0, ...many]);',
])('lint refuses %s', async (source) => {
  expect(await lines(source)).toEqual([2]);
});

it.each([
  'export const low = Math.min(...pair);',
  'export const low = Math.min(...[1, 2, ...pair]);',
  'export const low = Math.min(...([1, 2] as const));',
  'export const list = [...many, ...pair];',
])('lint allows %s', async (source) => {
  expect(await lines(source)).toEqual([]);
});
