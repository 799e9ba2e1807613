// Activations within max(4 ulp, 1e-7) of float64, over ordinary and extreme inputs.
import { describe, expect, test } from 'vitest';
import { addressAfter, toAddress, type Address } from './address.ts';
import { createKernels, createMemory } from './kernels.ts';
import { loadKernelModule } from './load-kernel-module.ts';
import { activationNames, activationReferences } from './reference/activations.ts';
import { sigmoidConstants } from './sigmoid-constants.ts';

const extremes = [
  0,
  1e-45,
  1e-40,
  1.2e-38,
  1e-30,
  1e-12,
  1e-8,
  1e-6,
  1e-5,
  1e-4,
  88,
  1000,
  Infinity,
];
const ordinary = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 90);
const grid = [...extremes, ...extremes.map((x) => -x), ...ordinary];
const count = Math.ceil(grid.length / 4) * 4;
const xAt = toAddress(64);
const [yAt, oneAt] = [count * 4, count * 8].map((bytes) => addressAfter(xAt, bytes));

const constantsAt = addressAfter(xAt, count * 12);

const memory = createMemory('plain', constantsAt + 64);
const kernels = createKernels(await loadKernelModule('plain'), memory);
const floats = (at: Address) => new Float32Array(memory.buffer, at, count);
floats(xAt).set(grid);
floats(oneAt).fill(1);
new Float32Array(memory.buffer, constantsAt).set(sigmoidConstants);

/** y of `vectors` vectors of x; the sigmoid has a kernel of its own. */
function activate(vectors: number, kind: number, parameter: number): void {
  if (activationNames[kind] === 'sigmoid') kernels.sigmoid(yAt, xAt, vectors, constantsAt);
  else kernels.activate(yAt, xAt, vectors, kind, parameter);
}

/** The derivative at x, in the place of y. The sigmoid's is taken at its output. */
function derive(kind: number, parameter: number): void {
  if (activationNames[kind] === 'sigmoid') {
    activate(count / 4, kind, parameter);
    kernels.sigmoidGradient(yAt, oneAt, yAt, count / 4);
  } else kernels.activateGradient(yAt, oneAt, xAt, count / 4, kind, parameter);
}

// Spacing of float32 at a value.
function ulp(value: number): number {
  const bits = new Uint32Array(Float32Array.of(Math.abs(value)).buffer);
  const next = new Float32Array(Uint32Array.of(bits[0] + 1).buffer);
  return next[0] - Math.abs(Math.fround(value));
}

function check(got: number, want: number, what: string): void {
  const same = Object.is(got, want) || got === want;
  const allowed = Math.max(1e-7, 4 * ulp(want));
  expect(same || Math.abs(got - want) <= allowed, `${what}: got ${got}, want ${want}`).toBe(true);
}

describe.each(activationNames.map((name, kind) => ({ name, kind })))('$name', ({ name, kind }) => {
  const parameter = { leakyRelu: 0.01, elu: 1 }[name as string] ?? 0;
  const { value, derivative } = activationReferences[name];

  test('value', () => {
    activate(count / 4, kind, parameter);
    floats(yAt).forEach((got, i) => {
      const x = floats(xAt)[i];
      check(got, Math.fround(value(x, parameter)), `${name}(${x})`);
    });
  });

  test('derivative', () => {
    derive(kind, parameter);
    floats(yAt).forEach((got, i) => {
      const x = floats(xAt)[i];
      check(got, Math.fround(derivative(x, parameter)), `${name}'(${x})`);
    });
  });

  test('NaN stays NaN', () => {
    floats(xAt)[0] = NaN;
    activate(1, kind, parameter);
    floats(xAt)[0] = grid[0];
    expect(floats(yAt)[0]).toBeNaN();
  });
});
