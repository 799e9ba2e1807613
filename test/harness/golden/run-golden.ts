// Every case of the golden files in a folder, through the WASM kernels and the reference. An unknown
// case is a failure, and so is a file that cannot be read.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '@convbook/core';
import type { GoldenCase, GoldenCheck } from './golden-case.ts';
import { layerCheck } from './layer-case.ts';
import { checkLoss, isLossCase } from './loss-case.ts';
import { checkModel, isModelCase } from './model-case.ts';
import { checkOptimizer, isOptimizerCase } from './optimizer-case.ts';

export interface GoldenResult {
  readonly file: string;
  readonly passed: number;
  /** `<case>: <what differs>`. */
  readonly failures: readonly string[];
}

/** @throws ConfigurationError when the folder cannot be read or has no JSON file. */
export function goldenFiles(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigurationError(
      `DIR: expected a folder with golden files, got ${folder}, ${code}`,
    );
  }
  if (names.length === 0) {
    throw new ConfigurationError(`DIR: expected JSON files of golden cases in ${folder}, got none`);
  }
  return names.sort().map((name) => path.join(folder, name));
}

export function runGoldenFile(file: string, module: WebAssembly.Module): GoldenResult {
  let cases: GoldenCase[];
  try {
    cases = casesOf(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return { file, passed: 0, failures: [(error as Error).message] };
  }
  const failures: string[] = [];
  for (const [i, golden] of cases.entries()) {
    try {
      checkCase(golden, module);
    } catch (error) {
      failures.push(`${golden?.name ?? `case ${i}`}: ${(error as Error).message}`);
    }
  }
  return { file, passed: cases.length - failures.length, failures };
}

function casesOf(content: unknown): GoldenCase[] {
  const { cases } = (content ?? {}) as { cases?: unknown };
  if (Array.isArray(cases) && cases.length > 0) return cases as GoldenCase[];
  throw new Error('expected { cases: [ … ] } with at least one case, got something else');
}

/** @throws Error naming the difference, or for an unknown case. */
export function checkCase(golden: GoldenCase, module: WebAssembly.Module): void {
  const check = checkOf(golden);
  if (check === null) {
    throw new Error(`expected a case of a known kind, got attrs ${JSON.stringify(golden.attrs)}`);
  }
  check(golden, module);
}

function checkOf(golden: GoldenCase): GoldenCheck | null {
  if (isModelCase(golden)) return checkModel;
  if (isOptimizerCase(golden)) return checkOptimizer;
  if (isLossCase(golden)) return checkLoss;
  return layerCheck(golden);
}
