// Digits as people photograph, scan and draw them, read by a model that was trained for some seconds.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PictureDescription } from '@convbook/core/pictures';
import { loadKernelModule } from '@convbook/core/node';
import { loadMnist } from '@convbook/data';
import { simpleConvnet } from '@convbook/layers';
import { picturesOf, readTrainedModel } from '@convbook/run';
import { createPredictor, readPicture, type Pixels, type Predictor } from '@convbook/runtime/network';
import { greyPicture } from '@convbook/runtime/testing';
import { train } from '@convbook/trainer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { runNode } from './run-node.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'convbook-photographs-'));
const data = loadMnist();
let predictor: Predictor;
let description: PictureDescription;
/** Test images of which the model is sure, and right. */
let known: number[] = [];
const run = (...words: string[]) => runNode(commandWords('predict', 'run', ...words), folder);

beforeAll(async () => {
  const directory = path.join(folder, 'run');
  await train({ model: simpleConvnet, data, limit: 10_000, epochs: 1, out: directory });
  const trained = readTrainedModel(directory);
  predictor = createPredictor({ ...trained, module: await loadKernelModule('plain') });
  description = picturesOf(trained.record.data);
  const images = Array.from({ length: 40 }, (_, index) =>
    data.test.images.subarray(index * 784, (index + 1) * 784),
  );
  const answers = predictor.predict(images).map(({ class: place, probabilities }, index) => {
    return place === data.test.labels[index] && probabilities[place] > 0.9 ? index : -1;
  });
  known = answers.filter((index) => index >= 0).slice(0, 12);
  cpSync(path.join(import.meta.dirname, 'cases'), folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Noise from -1 to 1, the same each time. */
function noiseFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 1_073_741_824 - 1;
  };
}

/** How much ink of a test image, 130 pixels wide, a place of a page has. */
function inkAt(index: number, x: number, y: number): number {
  const [column, row] = [(x - 100) / 5 - 0.5, (y - 60) / 5 - 0.5];
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const at = (dx: number, dy: number) => {
    const [fromX, fromY] = [left + dx, top + dy];
    const isInside = fromX >= 0 && fromY >= 0 && fromX < 28 && fromY < 28;
    return isInside ? data.test.images[index * 784 + fromY * 28 + fromX] / 255 : 0;
  };
  const [a, b] = [column - left, row - top];
  const level =
    (at(0, 0) * (1 - a) + at(1, 0) * a) * (1 - b) + (at(0, 1) * (1 - a) + at(1, 1) * a) * b;
  return Math.min(1, Math.max(0, 3 * level - 1));
}

/** A page of 320 × 240 lit by `light`, on which ink leaves `left` of the light. */
const page =
  (light: (x: number, y: number) => number, { left = 0.25, noise = 3 } = {}) =>
  (index: number): Pixels => {
    const grain = noiseFrom(index + 1);
    return greyPicture(320, 240, (x, y) => {
      return light(x, y) * (1 - (1 - left) * inkAt(index, x, y)) + noise * grain();
    });
  };

const lamp = (x: number, y: number) => 120 + x / 3.2 - y / 20;
const isRule = (x: number) => x % 30 < 2;
const isFrame = (x: number, y: number) =>
  Math.max(Math.abs(x - 165) - 90, Math.abs(y - 125) - 90) === 0;

const kinds: Readonly<Record<string, (index: number) => Pixels>> = {
  'grey paper without grain': page(() => 170, { noise: 0 }),
  'a lamp': page(lamp),
  'a dim room': page(() => 60, { noise: 2 }),
  'weak ink': page(lamp, { left: 0.65 }),
  'a vignette': page((x, y) => 230 - ((x - 160) ** 2 + (y - 120) ** 2) / 300),
  'the edge of a shadow': page((x, y) => (x + y / 2 > 230 ? 105 : 205)),
  'grain of a telephone': page(() => 190, { noise: 40 }),
  'ruled paper': page((_, y) => (isRule(y) ? 140 : 230)),
  'ruled paper askew': page((x, y) => (isRule(y + Math.round(x / 20)) ? 150 : 230)),
  'squared paper askew': page((x, y) =>
    isRule(y + Math.round(x / 20)) || isRule(x + 300 - Math.round(y / 20)) ? 150 : 230,
  ),
  'a margin': page((x) => (x > 40 && x < 44 ? 120 : 225)),
  'a frame': page((x, y) => (isFrame(x, y) ? 60 : 225)),
  'a scan with a black rim': page((x, y) => (x < 5 || y < 5 || x > 314 || y > 234 ? 10 : 235)),
  'the table beside the sheet': page((x, y) => (x + y / 9 > 290 ? 45 : 210)),
  'chalk on a board': (index) => {
    const grain = noiseFrom(index + 1);
    return greyPicture(320, 240, (x, y) => 50 + x / 12 + 150 * inkAt(index, x, y) + 5 * grain());
  },
};

describe('photographed digits', () => {
  it.each(Object.entries(kinds))('%s: what the model knows as a test image it knows', (_, make) => {
    const read = known.map((index) => readPicture(make(index), [1, 28, 28], description).bytes);
    const answers = predictor.predict(read.map((bytes) => bytes ?? new Uint8Array(784)));
    const wrong = known.filter((index, k) => answers[k].class !== data.test.labels[index]);
    expect(wrong.length, `wrong: ${wrong.join()}`).toBeLessThanOrEqual(1);
  });
});

describe('pnpm predict', () => {
  const files = [
    'photo.jpg',
    'grey-paper.png',
    'lined.png',
    'white-ink-transparent.png',
    'seven.png',
  ];

  it('calls each picture of a seven 7, and says how it was read', async () => {
    const { code, stdout, stderr } = await run(...files, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
    const paper = 'turned over (dark ink on a bright ground), cut to the ink, centred';
    expect(
      answers.map(({ source, className, picture, doubts }) => [source, className, picture, doubts]),
    ).toEqual([
      ['photo.jpg', '7', paper, []],
      ['grey-paper.png', '7', paper, []],
      ['lined.png', '7', paper, []],
      [
        'white-ink-transparent.png',
        '7',
        'ink of one colour on a transparent ground, cut to the ink, centred',
        [],
      ],
      ['seven.png', '7', paper, []],
    ]);
  });

  it('refuses what shows nothing', async () => {
    expect(await run('blank-black.png')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: blank-black.png: expected a picture of 0, 1, 2, 3, 4, 5, 6, 7, 8 or 9, got one that shows nothing; give another\n',
    });
  });

  it('obeys the options, prints how a picture was read, and refuses another fit', async () => {
    const { stdout } = await run('seven.png', '--fit', 'whole', '--no-invert', '--transpose');
    const [head, first, read] = stdout.split('\n');
    expect(head).toBe('image      class  probability');
    expect(first).toMatch(/^seven\.png {2}\d +\d+\.\d\d%$/);
    expect(first).toHaveLength(head.length);
    expect(read).toBe('  read: rows read as columns, reduced');
    expect(await run('seven.png', '--fit', 'half')).toMatchObject({
      code: 2,
      stderr:
        "error: option '--fit <how>' argument 'half' is invalid. Allowed choices are digit, whole.\n",
    });
  });
});

interface Answer {
  source: string;
  className: string;
  picture: string;
  doubts: string[];
}
