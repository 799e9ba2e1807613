import { outputSize } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { forwardTaps, gradientTaps, windowProgram } from './window-program.ts';

type Two = readonly [number, number];

interface Read {
  output: number;
  source: number;
  tap: number;
}

const positionBytes = (lanes: number) => lanes * 4;

/** Walks a program as the kernels do: which source and tap each output position reads, in order. */
function readsOf(program: Int32Array, lanes: number): Read[] {
  const reads: Read[] = [];
  for (let s = 0; s < program[0]; s++) {
    const [output, source, vectors, tapsOffset, tapCount] = program.subarray(1 + s * 5, 6 + s * 5);
    for (let v = 0; v < vectors; v += lanes / 4) {
      for (let t = 0; t < tapCount; t++) {
        const [tapSource, tapOffset] = program.subarray(tapsOffset / 4 + 2 * t);
        reads.push({
          output: (output + v * 16) / positionBytes(lanes),
          source: (source + v * 16 + tapSource) / positionBytes(lanes),
          tap: tapOffset / 4,
        });
      }
    }
  }
  return reads;
}

/** Output positions a program has, in order. */
function outputsOf(program: Int32Array, lanes: number): number[] {
  const outputs: number[] = [];
  for (let s = 0; s < program[0]; s++) {
    const [output, , vectors] = program.subarray(1 + s * 5, 6 + s * 5);
    for (let v = 0; v < vectors; v += lanes / 4) {
      outputs.push((output + v * 16) / positionBytes(lanes));
    }
  }
  return outputs;
}

const numeric = (a: Read, b: Read) => a.output - b.output || a.tap - b.tap || a.source - b.source;

interface Window {
  input: Two;
  kernelSize: Two;
  stride: Two;
  padding: Two;
}

const windows: Window[] = [
  { input: [5, 6], kernelSize: [3, 2], stride: [1, 1], padding: [0, 0] },
  { input: [4, 4], kernelSize: [3, 3], stride: [1, 1], padding: [1, 1] },
  { input: [7, 5], kernelSize: [3, 3], stride: [2, 2], padding: [1, 1] },
  { input: [6, 8], kernelSize: [2, 2], stride: [2, 2], padding: [0, 0] },
  { input: [8, 7], kernelSize: [2, 2], stride: [3, 3], padding: [0, 0] },
  { input: [3, 9], kernelSize: [1, 4], stride: [1, 3], padding: [0, 2] },
  { input: [2, 3], kernelSize: [1, 1], stride: [1, 1], padding: [2, 2] },
  { input: [1, 1], kernelSize: [5, 5], stride: [1, 1], padding: [2, 2] },
  { input: [6, 6], kernelSize: [6, 6], stride: [1, 1], padding: [0, 0] },
];

const rows = windows.flatMap((window) =>
  [4, 12].map((lanes) => {
    const { input, kernelSize, stride, padding } = window;
    const title =
      `input ${input.join('×')}, kernel ${kernelSize.join('×')}, stride ${stride.join('×')}, ` +
      `padding ${padding.join('×')}, ${lanes} lanes`;
    return [title, { ...window, lanes }] as const;
  }),
);

describe.each(rows)('%s', (_, { input, kernelSize, stride, padding, lanes }) => {
  const output = [0, 1].map((i) => outputSize(input[i], kernelSize[i], stride[i], padding[i]));
  // The definition: every output position, every tap of the kernel that falls on the input.
  const definition: Read[] = [];
  for (let oh = 0; oh < output[0]; oh++)
    for (let ow = 0; ow < output[1]; ow++)
      for (let kh = 0; kh < kernelSize[0]; kh++)
        for (let kw = 0; kw < kernelSize[1]; kw++) {
          const h = oh * stride[0] - padding[0] + kh;
          const w = ow * stride[1] - padding[1] + kw;
          if (h < 0 || h >= input[0] || w < 0 || w >= input[1]) continue;
          const tap = kh * kernelSize[1] + kw;
          definition.push({ output: oh * output[1] + ow, source: h * input[1] + w, tap });
        }
  const positions = (count: number) => Array.from({ length: count }, (_, i) => i);

  test('forward reads what the definition says, taps in the filter’s order', () => {
    const axis = (i: 0 | 1) =>
      forwardTaps(output[i], input[i], kernelSize[i], stride[i], padding[i]);
    const program = windowProgram(axis(0), axis(1), input[1], kernelSize[1], lanes);
    expect(outputsOf(program, lanes)).toEqual(positions(output[0] * output[1]));
    expect(readsOf(program, lanes)).toEqual(definition.sort(numeric));
  });

  test('the input gradient reads the same pairs the other way round', () => {
    const axis = (i: 0 | 1) =>
      gradientTaps(input[i], output[i], kernelSize[i], stride[i], padding[i]);
    const program = windowProgram(axis(0), axis(1), output[1], kernelSize[1], lanes);
    expect(outputsOf(program, lanes)).toEqual(positions(input[0] * input[1]));
    const turned = definition.map(({ output, source, tap }) => ({
      output: source,
      source: output,
      tap,
    }));
    expect(readsOf(program, lanes).sort(numeric)).toEqual(turned.sort(numeric));
  });
});

test('neighbours with the same taps are one run: an unpadded row is one segment', () => {
  const axis = forwardTaps(4, 6, 3, 1, 0);
  const program = windowProgram(axis, axis, 6, 3, 8);
  expect(program[0]).toBe(4);
  expect(readsOf(program, 8)).toHaveLength(4 * 4 * 9);
});
