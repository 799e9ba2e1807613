// Files of megabytes, where the limit of four times the file matters: JSON that makes each reader take the
// most memory, and valid data.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '@convbook/core';
import { loadIdxFolder } from '@convbook/data';
import { readRun, runFiles } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import fc from 'fast-check';
import { oneOf } from './bytes.ts';
import { opened, type Target } from './target.ts';

const megabyte = 2 ** 20;

/** A text to repeat, with the text before and after it that makes it complete. */
const fillings: readonly (readonly [before: string, unit: string, after: string])[] = [
  ['[', '{},', '0]'] as const,
  ['[', '[],', '0]'] as const,
  ['[', '0,', '0]'] as const,
  ['[null,', '1e9,', '0]'] as const,
  ['[', '"ab",', '0]'] as const,
  ['{', '"a":1,', '"b":1}'] as const,
  ['"', '\\"', '"'] as const,
  ['"', 'é', '"'] as const,
  ['', ' ', '{}'] as const,
  ['', '\n', ''] as const,
  ['', '{"event":"x"}\n', ''] as const,
  ['', '[', ''] as const,
  [
    '',
    `${JSON.stringify({ event: 'end', step: 0, elapsedSeconds: 0.5, peakMemoryBytes: 0 })}\n`,
    '',
  ],
];

interface Filling {
  readonly file: string;
  readonly which: number;
  readonly megabytes: number;
}

const settings = {
  classNames: ['a', 'b', 'c'],
  epochs: 2,
  stepsPerEpoch: 3,
  testSamples: 12,
  input: [1, 8, 8],
  filters: 2,
  kernelSize: 3,
};
const header = 'safetensors header';
const images = 'IDX images';
const texts = [runFiles.record, runFiles.metrics, runFiles.timing, runFiles.dataset];

function textOf({ which, megabytes }: Filling): string {
  const [before, unit, after] = fillings[which];
  return before + unit.repeat((megabytes * megabyte) / unit.length) + after;
}

export const largeTarget: Target = {
  name: 'large files',
  share: 0.08,
  prepare(folder) {
    const directory = writeSyntheticRun(join(folder, 'run'), settings);
    const valid = texts.map((file) => [file, readFileSync(join(directory, file))] as const);
    const tensors = join(folder, 'file.safetensors');
    const changes = fc.record({
      file: oneOf([...texts, header, images]),
      which: fc.nat(fillings.length - 1),
      megabytes: fc.constantFrom(0.2, 0.5, 0.99, 4, 7.9, 16),
    });
    let read = (): unknown => readRun(directory);
    const change = (made: Filling | null) => {
      for (const [file, bytes] of valid) writeFileSync(join(directory, file), bytes);
      if (made === null) return 0;
      if (made.file === images) {
        read = () => loadIdxFolder(folder);
        return writeImages(folder, made.megabytes);
      }
      if (made.file === header) {
        read = () => decodeSafetensors(readFileSync(tensors), tensors);
        return writeHeader(tensors, `{"a":${textOf(made)}}`);
      }
      read = () => readRun(directory);
      writeFileSync(join(directory, made.file), textOf(made));
      return readFileSync(join(directory, made.file)).length;
    };
    return opened(changes, change, () => read());
  },
};

function writeHeader(file: string, text: string): number {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  writeFileSync(file, Buffer.concat([length, bytes]));
  return 8 + bytes.length;
}

function writeImages(folder: string, megabytes: number): number {
  const count = Math.ceil((megabytes * megabyte) / 784);
  const write = (name: string, shape: number[]) => {
    const words = [0x800 + shape.length, ...shape];
    const size = shape.reduce((product, length) => product * length, 1);
    const bytes = Buffer.alloc(4 * words.length + size);
    words.forEach((word, at) => bytes.writeUInt32BE(word, 4 * at));
    writeFileSync(join(folder, name), bytes);
    return bytes.length;
  };
  write('train-labels-idx1-ubyte', [count]);
  write('t10k-images-idx3-ubyte', [1, 28, 28]);
  write('t10k-labels-idx1-ubyte', [1]);
  return write('train-images-idx3-ubyte', [count, 28, 28]);
}
