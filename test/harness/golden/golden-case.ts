// A case of the PyTorch reference values; test/golden/README.md has the conventions.
import { assertClose } from '@convbook/core/testing';

export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export interface GoldenCase {
  readonly name: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly params?: Readonly<Record<string, GoldenTensor>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly grads?: Readonly<Record<string, GoldenTensor>>;
  readonly tolerance: Tolerance;
}

export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** Checks a case; throws, with what differs, on a failure. */
export type GoldenCheck = (golden: GoldenCase, module: WebAssembly.Module) => void;

/** The tolerance of the reference, which is float64 throughout. */
export const referenceTolerance: Tolerance = { rtol: 1e-9, atol: 1e-9 };

/** Compares every element with a golden tensor. */
export function check(
  got: ArrayLike<number> | undefined,
  want: GoldenTensor,
  tolerance: Tolerance,
  what: string,
): void {
  checkTensor(want, what);
  assertClose(got ?? [], want.data, { shape: want.shape, ...tolerance }, what);
}

export function checkNumber(got: number, want: number, tolerance: Tolerance, what: string): void {
  assertClose([got], [want], tolerance, what);
}

export function floats(tensor: GoldenTensor): Float32Array<ArrayBuffer> {
  checkTensor(tensor, 'inputs');
  return Float32Array.from(tensor.data);
}

/** Rows of a tensor, whatever its other axes. */
export function rowsOf({ shape, data }: GoldenTensor): number[][] {
  const size = data.length / shape[0];
  return Array.from({ length: shape[0] }, (_, n) => data.slice(n * size, (n + 1) * size));
}

/** Refuses settings that this runner does not know: ignoring one would not run the case. */
export function checkKeys(what: string, record: object, known: readonly string[]): void {
  const unknown = Object.keys(record).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new Error(`${what}: expected ${known.join(', ')}, got ${unknown.join(', ')}`);
  }
}

/** Refuses a setting that has another value than the one this runner knows. */
export function checkSetting(golden: GoldenCase, name: string, values: readonly unknown[]): void {
  const value = golden.attrs[name];
  if (value === undefined || values.includes(value)) return;
  throw new Error(
    `attrs.${name}: expected ${values.map((known) => JSON.stringify(known)).join(' or ')}, ` +
      `got ${JSON.stringify(value)}`,
  );
}

/** Refuses a run that did not call each of these WASM exports. */
export function checkCalled(
  called: ReadonlySet<string>,
  wanted: readonly (string | readonly string[])[],
): void {
  const missing = wanted.filter((names) => ![names].flat().some((name) => called.has(name)));
  if (wanted.length > 0 && missing.length === 0) return;
  throw new Error(
    `kernels: expected calls of ${wanted.map((names) => [names].flat().join(' or ')).join(', ') || 'some'}, got ${[...called].join(', ') || 'none'}`,
  );
}

// A null or a text among the numbers would silently become 0 or NaN.
function checkTensor(value: unknown, what: string): void {
  const { shape, data } = (value ?? {}) as Partial<GoldenTensor>;
  if (Array.isArray(shape) && Array.isArray(data) && data.every(Number.isFinite)) return;
  throw new Error(`${what}: expected { shape, data } of numbers, got something else`);
}
