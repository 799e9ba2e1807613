// Reads the PyTorch reference values of test/golden (README.md there).
import { readFileSync } from 'node:fs';

export interface GoldenTensor {
  shape: number[];
  data: number[];
}

export interface GoldenCase {
  name: string;
  attrs: Record<string, unknown>;
  inputs: Record<string, GoldenTensor>;
  params?: Record<string, GoldenTensor>;
  outputs: Record<string, GoldenTensor | number>;
  grads?: Record<string, GoldenTensor>;
  tolerance: { rtol: number; atol: number };
}

export function goldenCases(file: string): GoldenCase[] {
  const text = readFileSync(new URL(`golden/${file}`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: GoldenCase[] }).cases;
}

export function floats(tensor: GoldenTensor | number): Float32Array<ArrayBuffer> {
  return Float32Array.from((tensor as GoldenTensor).data);
}
