// The cache of decoded pictures, through the function that uses it.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleReader } from '../../sample-reader.ts';
import { loadPictureFolder, type PictureFolderOptions } from '../load-pictures.ts';

let base = '';
let [folder, cache] = ['', ''];
beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'convbook-cache-test-'));
  [folder, cache] = [join(base, 'photos'), join(base, 'kept')];
  for (const [at, place] of ['train/a', 'train/b', 'test/a', 'test/b'].entries()) {
    mkdirSync(join(folder, place), { recursive: true });
    await writePicture(`${place}/${at}.png`, at);
  }
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function writePicture(file: string, shade: number, height = 16): Promise<unknown> {
  const data = Uint8Array.from({ length: 18 * height * 3 }, (_, byte) => (byte * 7 + shade) % 256);
  return sharp(data, { raw: { width: 18, height, channels: 3 } }).toFile(join(folder, file));
}

/** Loads the folder, and says how many pictures were decoded and what was told. */
async function load(options: PictureFolderOptions = {}) {
  let decoded = 0;
  const notes: string[] = [];
  const data = await loadPictureFolder(folder, {
    cache,
    size: { height: 16, width: 16 },
    onProgress: () => decoded++,
    onNote: (note) => notes.push(note),
    ...options,
  });
  const { source: _, ...content } = data;
  return { data, content, decoded, notes };
}

function cacheFile(): string {
  const [name] = readdirSync(cache).filter((name) => name.endsWith('.cache'));
  return join(cache, name);
}

it('the second load decodes nothing and gives the same data set, also with the settings spelled out', async () => {
  const first = await load({ size: undefined });
  const second = await load({ size: undefined });
  expect([first.decoded, second.decoded, second.notes]).toEqual([4, 0, []]);
  expect(second.content).toEqual(first.content);
  expect(first.content).toEqual((await load({ cache: undefined })).content);
  const spelled = { channels: 'rgb', fit: 'cover' } as const;
  const again = await load({ ...spelled, background: 255, testShare: 0.2, skipDamaged: false });
  expect([again.decoded, again.content]).toEqual([0, first.content]);
});

it('grey pictures are found again by a run that recorded grey', async () => {
  for (const place of ['train/a', 'train/b', 'test/a', 'test/b']) {
    for (const name of readdirSync(join(folder, place))) {
      const file = join(folder, place, name);
      writeFileSync(file, await sharp(file).greyscale().png().toBuffer());
    }
  }
  const first = await load();
  expect(first.data.sampleShape).toEqual([1, 16, 16]);
  const again = await load({ channels: 'grey' });
  expect([again.decoded, again.content]).toEqual([0, first.content]);
});

it('streamed images are those of memory, and the hash with them', async () => {
  const { data } = await load();
  const { data: streamed, decoded } = await load({ stream: true });
  expect([decoded, streamed.sha256]).toEqual([0, data.sha256]);
  for (const side of ['train', 'test'] as const) {
    expect(streamed[side].images).toHaveLength(0);
    expect(streamed[side].file?.reason).toBe('as --stream asks');
    expect(streamed[side].labels).toEqual(data[side].labels);
    const [read, inMemory] = [sampleReader(streamed[side]), sampleReader(data[side])];
    for (const index of [1, 0]) expect(read(index)).toEqual(inMemory(index));
  }
});

describe('a cache is made again', () => {
  it.each<[string, () => void, RegExp]>([
    [
      'with a changed image',
      () => {
        const bytes = readFileSync(cacheFile());
        bytes[800] ^= 1;
        writeFileSync(cacheFile(), bytes);
      },
      /expected image 1 of the decoded pictures as it was written, got other bytes; the pictures are decoded again$/,
    ],
    [
      'that is cut',
      () => truncateSync(cacheFile(), 2000),
      /expected a whole cache of decoded pictures, got the end of another kind of file; it is made again$/,
    ],
    [
      'that is empty',
      () => truncateSync(cacheFile(), 0),
      /got a file that is cut; it is made again$/,
    ],
    [
      'of another version',
      () => {
        const bytes = readFileSync(cacheFile());
        bytes[bytes.length - 1]++;
        writeFileSync(cacheFile(), bytes);
      },
      /got the end of another kind of file; it is made again$/,
    ],
    [
      'with a changed index',
      () => {
        const bytes = readFileSync(cacheFile());
        bytes[bytes.length - 80] ^= 1;
        writeFileSync(cacheFile(), bytes);
      },
      /got an index with another SHA-256; it is made again$/,
    ],
  ])('%s, and a line says so', async (_, spoil, note) => {
    const first = await load();
    spoil();
    const second = await load();
    expect([second.decoded, second.content]).toEqual([4, first.content]);
    expect(second.notes).toEqual([expect.stringMatching(note)]);
    expect((await load()).decoded).toBe(0);
  });

  it('where a picture has another time, another size, or is new; not where a setting of the split changes', async () => {
    await load();
    utimesSync(join(folder, 'train/a/0.png'), 1000, 1000);
    expect((await load()).decoded).toBe(4);
    await writePicture('train/a/0.png', 0, 17);
    utimesSync(join(folder, 'train/a/0.png'), 1000, 1000);
    expect((await load()).decoded).toBe(4);
    copyFileSync(join(folder, 'train/a/0.png'), join(folder, 'train/b/new.png'));
    expect((await load()).decoded).toBe(5);
    const small = { size: { height: 8, width: 8 } };
    expect((await load(small)).decoded).toBe(5);
    expect((await load({ ...small, testShare: 0.5 })).decoded).toBe(0);
    expect((await load({ ...small, fit: 'stretch' })).decoded).toBe(5);
  });
});

describe('a folder that cannot be written', () => {
  it('is a line, and the pictures are decoded every time', async () => {
    writeFileSync(cache, 'a file');
    const { data } = await load({ cache: undefined });
    const { content, decoded, notes } = await load();
    const { source: _, ...expected } = data;
    expect([decoded, content]).toEqual([4, expected]);
    expect(notes).toEqual([
      'decoded pictures cannot be kept, got EEXIST: every start decodes them again',
    ]);
  });

  it('refuses to stream', async () => {
    writeFileSync(cache, 'a file');
    await expect(load({ stream: true })).rejects.toThrow(
      new ConfigurationError(
        'stream: expected a folder for decoded pictures that can be written, got EEXIST; make room for 3072 bytes, or leave it out',
      ),
    );
  });
});

it('nothing is left of an interrupted load, nor of one with damaged pictures', async () => {
  const interruption = new AbortController();
  const loading = load({
    signal: interruption.signal,
    onProgress: () => interruption.abort(new Error('enough')),
  });
  await expect(loading).rejects.toThrow('enough');
  writeFileSync(join(folder, 'train/a/bad.png'), '');
  await expect(load()).rejects.toThrow('got 1 of 5 that cannot');
  expect(readdirSync(cache).filter((name) => !name.endsWith('.json'))).toEqual([]);
  const first = await load({ skipDamaged: true });
  const second = await load({ skipDamaged: true });
  expect([second.decoded, second.content]).toEqual([0, first.content]);
});

it('two loads at once both have the data set, and one file is left', async () => {
  const [first, second] = await Promise.all([load(), load()]);
  expect(first.content).toEqual(second.content);
  expect(readdirSync(cache).filter((name) => !name.endsWith('.json'))).toHaveLength(1);
});

it('a new cache removes those not used for a month and what killed processes left', async () => {
  mkdirSync(cache);
  const names = {
    old: 'pictures-old.cache',
    used: 'pictures-used.cache',
    // Linux gives no process an id this high.
    left: 'pictures-x.cache.4194999.0a1b2c3d.tmp',
    running: `pictures-x.cache.${process.pid}.0a1b2c3d.tmp`,
    other: 'notes.txt',
  };
  for (const name of Object.values(names)) writeFileSync(join(cache, name), '');
  utimesSync(join(cache, names.old), 1000, 1000);
  utimesSync(join(cache, names.other), 1000, 1000);
  await load();
  const isThere = (name: keyof typeof names) => existsSync(join(cache, names[name]));
  expect([isThere('old'), isThere('left')]).toEqual([false, false]);
  expect([isThere('used'), isThere('running'), isThere('other')]).toEqual([true, true, true]);
});
