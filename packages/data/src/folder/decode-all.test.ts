import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onBackground, pictureImage } from '@convbook/core/pictures';
import { afterAll, expect, it } from 'vitest';
import { toPng } from '../testing/png-fixture.ts';
import { openDecoder } from '../pictures/index.ts';
import { decodeAll, type Decoded } from './decode-all.ts';

const folder = mkdtempSync(join(tmpdir(), 'convbook-decode-all-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Twelve pictures of 20 × 9 with alpha; the fifth is damaged. */
const files = Array.from({ length: 12 }, (_, at) => {
  const path = join(folder, `${at}.png`);
  const bytes = Uint8Array.from({ length: 720 }, (_, k) => (k * (at + 7) * 31) & 255);
  writeFileSync(path, at === 4 ? 'text' : toPng({ width: 20, height: 9, colorType: 6, bytes }));
  return { path, where: `${at}.png` };
});

it.each([
  [[3, 4, 8], 'cover'],
  [[1, 5, 5], 'contain'],
  [[3, 9, 20], 'stretch'],
] as const)('makes the images that pictureImage makes: %j %s', async (shape, fit) => {
  const making = { shape, fit, background: 40 };
  const results = new Array<Decoded<Uint8Array>>(files.length);
  await decodeAll(
    files,
    async (decoder, { path, where }) => (await decoder.decodeImage(path, where, making)).bytes,
    (at, one) => void (results[at] = one),
  );
  const decoder = openDecoder();
  for (const [at, { path, where }] of files.entries()) {
    if (at === 4) {
      expect(results[at]).toEqual({
        problem: expect.stringMatching(/^4\.png: .* got a file that begins with/) as unknown,
      });
      continue;
    }
    const picture = onBackground(await decoder.decode(path, where), 40);
    expect(results[at]).toEqual({ result: pictureImage(picture, shape, fit, 40) });
  }
  await decoder.close();
});

it('an image comes with the size of its picture, and whether it is grey', async () => {
  const decoder = openDecoder();
  const grey = toPng({ width: 4096, height: 2, colorType: 0, bytes: new Uint8Array(8192).fill(7) });
  const making = { shape: [3, 1, 1], fit: 'stretch', background: 255 } as const;
  expect(await decoder.decodeImage(grey, 'x', making)).toEqual({
    width: 4096,
    height: 2,
    isGrey: true,
    bytes: Uint8Array.of(7, 7, 7),
  });
  expect(await decoder.decodeImage(files[0].path, 'x', making)).toMatchObject({ isGrey: false });
  expect(await decoder.readSize(grey, 'x')).toEqual({ width: 4096, height: 2 });
  await decoder.close();
});

it('what the receiver throws ends it, and nothing is received after that', async () => {
  let received = 0;
  const reading = decodeAll(
    files,
    (decoder, { path, where }) => decoder.readSize(path, where),
    () => {
      received++;
      throw new Error('the disk is full');
    },
  );
  await expect(reading).rejects.toThrow('the disk is full');
  const before = received;
  await new Promise((resolve) => setImmediate(resolve));
  expect(received).toBe(before);
});
