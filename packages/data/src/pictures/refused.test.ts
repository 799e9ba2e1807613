// Pictures that are damaged, made to cost much, or whose process ends.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import sharp from 'sharp';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { inflatedChunk, joinPng, pngChunk, pngHeader, toPng } from '../testing/png-fixture.ts';
import { toBmp } from '../testing/bmp-fixture.ts';
import { openDecoder, type Decoder } from './open-decoder.ts';

const decoder = openDecoder();
afterAll(() => decoder.close());

const small = toPng({ width: 2, height: 1, colorType: 0, bytes: Uint8Array.of(3, 4) });

const formats = ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff', 'bmp'] as const;

/** A picture of 64 × 48 with something in it. */
async function encode(format: (typeof formats)[number]): Promise<Buffer> {
  const bytes = Uint8Array.from({ length: 64 * 48 * 3 }, (_, k) => (k * k) >> 5);
  if (format === 'bmp') {
    return Buffer.from(toBmp({ width: 64, height: 48, bits: 24, bytes: [...bytes] }));
  }
  return sharp(bytes, { raw: { width: 64, height: 48, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

/** The message of a refusal; the text `decoded` where there is none. */
async function refusal(source: string | Uint8Array, by: Decoder = decoder): Promise<string> {
  try {
    await by.decode(source, 'x');
    return 'decoded';
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

const undecodable = /^x: the picture cannot be decoded, got [^\n]*\w; save it again as PNG$/;

describe('damaged', () => {
  test.each(formats)('a cut %s', async (format) => {
    const bytes = await encode(format);
    for (const share of [0.1, 0.5, 0.9]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * share));
      expect(await refusal(cut)).toMatch(undecodable);
    }
  });

  test.each(formats)('%s with changed bytes is decoded or refused in a line', async (format) => {
    const bytes = await encode(format);
    for (let round = 0; round < 40; round++) {
      const changed = Buffer.from(bytes);
      const place = (round * 7919 + 13) % bytes.length;
      changed[place] ^= 1 << (round % 8);
      expect(await refusal(changed)).toMatch(/^(decoded|x: [^\n]*, got [^\n]*; [^\n]*)$/);
    }
    expect(await refusal(small)).toBe('decoded');
  });
});

const pixels = pngChunk('IDAT', Buffer.alloc(0));

/** A WebP's header; it needs no more to name its size. */
function losslessWebp(side: number): Uint8Array {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(32, 4);
  bytes.write('WEBPVP8L', 8);
  bytes.writeUInt32LE(20, 16);
  bytes[20] = 0x2f;
  bytes.writeUInt32LE((side - 1) | ((side - 1) << 14), 21);
  return bytes;
}

/** A JPEG whose header names another size. */
async function largeJpeg(side: number): Promise<Buffer> {
  const bytes = await encode('jpeg');
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(side, frame + 5);
  bytes.writeUInt16BE(side, frame + 7);
  return bytes;
}

describe('made to cost much', () => {
  const tooMany = (side: number) =>
    `x: expected at most 67 megapixels, got ${side} × ${side} pixels; make it smaller`;

  test.each([
    ['PNG', 60_000, () => joinPng([pngHeader(60_000, 60_000, 8, 0), pixels])],
    ['JPEG', 65_500, () => largeJpeg(65_500)],
    ['WebP', 16_383, () => losslessWebp(16_383)],
  ])('%s of %i pixels a side', async (_, side, make) => {
    expect(await refusal(await make())).toBe(tooMany(side));
  });

  test('a JPEG larger than the format knows', async () => {
    expect(await refusal(await largeJpeg(65_535))).toMatch(undecodable);
  });

  test('texts that inflate to many times their size', async () => {
    const texts = new Array<Uint8Array>(2000).fill(inflatedChunk('zTXt', 10 << 20));
    const png = joinPng([pngHeader(2, 1, 8, 0), ...texts, pixels]);
    expect(await refusal(png)).toBe(
      'x: the picture cannot be decoded, got more than 0.25 seconds of work; save it again as PNG',
    );
  });

  test('a profile that inflates to a hundred times its size is passed over', async () => {
    const profile = inflatedChunk('iCCP', 100 << 20);
    const png = toPng({
      width: 2,
      height: 1,
      colorType: 0,
      bytes: Uint8Array.of(3, 4),
      chunks: [profile],
    });
    const { data } = await decoder.decode(png, 'x');
    expect([...data]).toEqual([3, 4]);
  });

  test('half a million frames', async () => {
    const one = { width: 1, height: 1, channels: 3, background: 'red' } as const;
    const gif = await sharp({ create: one }).gif().toBuffer();
    const start = gif.indexOf(Buffer.from([0x21, 0xf9]));
    const frames = new Array<Buffer>(500_000).fill(gif.subarray(start, -1));
    expect(
      await refusal(Buffer.concat([gif.subarray(0, start), ...frames, gif.subarray(-1)])),
    ).toBe(
      'x: the picture cannot be decoded, got more than 32 MiB of memory; save it again as PNG',
    );
  });
});

describe('no picture at all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'convbook-pictures-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const inFolder = (name: string) => join(folder, name);
  execFileSync('mkfifo', [inFolder('pipe')]);

  test.each([
    ['none.png', 'x: cannot be read, got ENOENT; check the path'],
    ['', 'x: expected a picture file, got a folder; name a file'],
    ['pipe', 'x: expected a picture file, got a pipe or device; name a file'],
  ])('%j', async (name, message) => {
    expect(await refusal(inFolder(name))).toBe(message);
  });

  test('a name that ends as options of the library do is a name', async () => {
    for (const name of ['a[1]', 'a[page=3]', '한 글 [2].png']) {
      writeFileSync(inFolder(name), small);
      expect(await refusal(inFolder(name))).toBe('decoded');
    }
  });
});

test('a longest side of nothing', () => {
  expect(() => openDecoder({ longestSide: 0 })).toThrow(
    new ConfigurationError('openDecoder: longestSide: expected a whole number above 0, got 0'),
  );
});

describe('the process', () => {
  /** Processes that this one started. */
  const children = () =>
    readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number);

  /** A decoder of its own, and its processes. */
  function openAnother() {
    const others = new Set(children());
    const another = openDecoder();
    onTestFinished(() => another.close());
    return { another, started: () => children().filter((pid) => !others.has(pid)) };
  }

  test('it starts with the first picture and ends when the decoder is closed', async () => {
    const { another, started } = openAnother();
    expect(await refusal(Buffer.from('text'), another)).toContain(
      'a file that begins with 74 65 78 74',
    );
    expect(started()).toEqual([]);
    expect(await refusal(small, another)).toBe('decoded');
    expect(started()).toHaveLength(1);
    await another.close();
    await expect.poll(started).toEqual([]);
  });

  test('one that is killed is replaced, and only its picture is refused', async () => {
    const { another, started } = openAnother();
    const answers = [refusal(small, another), refusal(small, another), refusal(small, another)];
    await expect.poll(started).toHaveLength(1);
    for (const pid of started()) process.kill(pid, 'SIGKILL');
    expect(await Promise.all(answers)).toEqual([
      'x: the process that decodes it has ended, got SIGKILL; try again with more memory, or save it again as PNG',
      'decoded',
      'decoded',
    ]);
  });

  test('one that is killed between two pictures is not missed', async () => {
    const { another, started } = openAnother();
    await another.decode(small, 'x');
    for (const pid of started()) process.kill(pid, 'SIGKILL');
    await expect.poll(started).toEqual([]);
    expect(await refusal(small, another)).toBe('decoded');
  });
});
