import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, expect, it } from 'vitest';
import { noLongSpread } from '../scripts/no-long-spread.mjs';
import { root } from './run-node.ts';

const rule = 'convbook/no-long-spread';
const given = 'declare const many: number[]; declare const pair: readonly [number, number];';

// A project of one file: the types of the whole repository would take half a minute to load.
const folder = mkdtempSync(path.join(tmpdir(), 'convbook-lint-'));
const filePath = path.join(folder, 'source.ts');
const compilerOptions = { strict: true, target: 'es2022', module: 'esnext', types: [] };
writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
writeFileSync(filePath, '');
afterAll(() => rmSync(folder, { recursive: true }));

const eslint = new ESLint({
  cwd: folder,
  overrideConfigFile: true,
  overrideConfig: {
    files: ['*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: folder },
    },
    plugins: { convbook: { rules: { 'no-long-spread': noLongSpread } } },
    rules: { [rule]: 'error' },
  },
});

async function lines(source: string): Promise<number[]> {
  const [{ messages }] = await eslint.lintText(`${given}\n${source}`, { filePath });
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.filter(({ ruleId }) => ruleId === rule).map(({ line }) => line);
}

it.each(['packages/core/src/index.ts', 'packages/page/src/text/format.ts', 'scripts/check.ts'])(
  'the rule is on for %s',
  async (file) => {
    const config = (await new ESLint({ cwd: root }).calculateConfigForFile(
      path.join(root, file),
    )) as { rules: Record<string, unknown[]> };
    expect(config.rules[rule]).toEqual([2]);
  },
);

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
