import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCifarFolder, loadCifar } from './cifar.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'convbook-cifar-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A record whose red, green and blue planes begin with a byte each. */
function record(labels: number[], [red, green, blue]: [number, number, number]): Uint8Array {
  const bytes = new Uint8Array(labels.length + 3072);
  bytes.set(labels);
  [red, green, blue].forEach((value, plane) => (bytes[labels.length + plane * 1024] = value));
  return bytes;
}

function write(files: Record<string, Uint8Array | string>) {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

const names = 'airplane\nautomobile\n\n';

describe('the binary version of CIFAR', () => {
  it('10: batches are joined, planes stay planes', () => {
    write({
      'data_batch_1.bin': record([1], [10, 20, 30]),
      'data_batch_2.bin': Buffer.concat([record([0], [1, 2, 3]), record([1], [4, 5, 6])]),
      'test_batch.bin': record([0], [7, 8, 9]),
      'batches.meta.txt': names,
    });
    expect(isCifarFolder(folder)).toBe(true);
    const { name, sampleShape, classNames, train, test } = loadCifar(folder);
    expect({ name, sampleShape, classNames }).toEqual({
      name: 'cifar-10',
      sampleShape: [3, 32, 32],
      classNames: ['airplane', 'automobile'],
    });
    expect([train.count, [...train.labels]]).toEqual([3, [1, 0, 1]]);
    expect([0, 1024, 2048, 3072].map((at) => train.images[at])).toEqual([10, 20, 30, 1]);
    expect([test.count, test.images[2048]]).toEqual([1, 9]);
  });

  it('100: the fine label counts', () => {
    const files = { 'train.bin': record([9, 1], [1, 1, 1]), 'test.bin': record([9, 0], [1, 1, 1]) };
    write({ ...files, 'fine_label_names.txt': 'apple\r\naquarium_fish\r\n' });
    const { name, classNames, train, test } = loadCifar(folder);
    expect(name).toBe('cifar-100');
    expect(classNames).toEqual(['apple', 'aquarium_fish']);
    expect([train.labels[0], test.labels[0], train.images[0]]).toEqual([1, 0, 1]);
  });

  const whole = {
    'data_batch_1.bin': record([1], [1, 1, 1]),
    'test_batch.bin': record([0], [1, 1, 1]),
    'batches.meta.txt': names,
  };

  it.each([
    [
      'test_batch.bin',
      new Uint8Array(3000),
      'test_batch.bin: expected records of 3073 bytes, got 3000 bytes; download it again',
    ],
    [
      'data_batch_1.bin',
      record([2], [1, 1, 1]),
      'data_batch_1.bin: expected labels below 2, the names there are, got 2; download it again',
    ],
    [
      'test_batch.bin',
      '',
      'test_batch.bin: expected records of 3073 bytes, got 0 bytes; download it again',
    ],
  ])('is refused for %s', (name, content, message) => {
    write({ ...whole, [name]: content });
    expect(() => loadCifar(folder)).toThrow(`${folder}/${message}`);
  });

  it('is not where there is nothing, or a file', () => {
    const expected = 'expected a folder with the binary version of CIFAR-10 or CIFAR-100';
    const missing = `${folder}/typo`;
    expect(() => loadCifar(missing)).toThrow(
      `${missing}: ${expected}, got nothing of that name; check the path`,
    );
    write({ file: '' });
    expect(() => loadCifar(`${folder}/file`)).toThrow(
      `${folder}/file: ${expected}, got a file; check the path`,
    );
  });

  it('is not any folder', () => {
    expect(isCifarFolder(folder)).toBe(false);
    expect(() => loadCifar(folder)).toThrow(
      `${folder}: expected the binary version of CIFAR-10 or CIFAR-100, got other files; download cifar-10-binary.tar.gz or cifar-100-binary.tar.gz`,
    );
  });
});
