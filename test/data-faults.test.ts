// What is wrong with a folder of pictures: said before training, by pnpm data and in the notebook.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readRecord, readRun } from '@convbook/run';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { runNode } from './run-node.ts';

const folder = temporaryDirectory();
const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);
const quick = ['--image-size=8', '--epochs=2', '--workers=0', '--progress=none', '--skip-damaged'];

/** A picture that no other seed gives. */
function draw(seed: number, width = 16): Promise<Buffer> {
  const data = Uint8Array.from(
    { length: width * 16 * 3 },
    (_, at) => (at * (seed + 3) + seed * 29) % 256,
  );
  return sharp(data, { raw: { width, height: 16, channels: 3 } })
    .png()
    .toBuffer();
}

async function plant(): Promise<void> {
  const put = (file: string, bytes: Uint8Array) => {
    mkdirSync(path.dirname(path.join(folder, 'planted', file)), { recursive: true });
    writeFileSync(path.join(folder, 'planted', file), bytes);
  };
  for (let k = 0; k < 10; k++) {
    put(`train/cat/${k}.png`, await draw(k));
    put(`train/강아지/${k}.png`, await draw(20 + k));
  }
  put('test/cat/0.png', await draw(40));
  put('test/강아지/0.png', await draw(41));
  put('train/cat/leak.png', await draw(50));
  put('test/cat/seen again.png', await draw(50));
  put('train/cat/both.png', await draw(51));
  put('train/강아지/both.png', await draw(51));
  put('train/강아지/twice.png', await draw(20));
  put('train/강아지/wide.png', await draw(52, 120));
  put('train/bird/1.png', await draw(53));
  const black = { width: 16, height: 16, channels: 3, background: 'black' } as const;
  put('train/cat/black.png', await sharp({ create: black }).png().toBuffer());
  put('train/cat/broken.png', new Uint8Array());
  put('train/cat/notes.txt', Buffer.from('hello'));
}

const lines = [
  'no test sample of class bird: it is not tested',
  '1 training image is also a test image: train/cat/leak.png = test/cat/seen again.png; --drop-duplicates leaves such images out of training',
  '2 images have a copy with another label: train/cat/both.png (cat) = train/강아지/both.png (강아지); --drop-duplicates leaves such images out of training',
  '2 training images repeat others',
  '1 picture is much wider or taller than the others: train/강아지/wide.png (120 × 16)',
  '1 image is of one colour: train/cat/black.png',
  '1 class has fewer than 10 training images: bird (1)',
];

beforeAll(plant);

describe('pnpm data', () => {
  it('tells what is there, what is wrong and what would be trained, and ends with 0', async () => {
    const { code, stdout, stderr } = await run('data', './planted', '--image-size=8');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
    const text = stdout.replaceAll(/\s+/g, ' ');
    for (const line of lines) expect(text).toContain(line);
    expect(stdout).toMatch(/^planted\ntrain\/ and test\/ with a folder a class\n/);
    expect(stdout).toContain(
      [
        '    train      test  class',
        '        1         0  bird',
        '       13         2  cat',
        '       13         1  강아지',
        '       27         3  in 3 classes',
        '',
        'formats      30 PNG',
        'smallest     16 × 16',
        'middle       16 × 16',
        'largest      120 × 16',
        'proportions  width / height from 1.00 to 7.50, the middle one 1.00',
        'passed over  files without the ending of a picture (1)',
        '',
        'damaged 1',
        '  train/cat/broken.png: expected a PNG, ',
      ].join('\n'),
    );
    expect(stdout).toMatch(
      /\nimages {7}8 × 8, colour, cover\nmodel {8}photo-net, .* parameters\ntrain with {3}pnpm train --data \.\/planted --image-size 8x8 --skip-damaged\n$/,
    );
  });

  it('--json has everything', async () => {
    const { stdout } = await run('data', './planted', '--image-size=8', '--json');
    const report = JSON.parse(stdout) as Record<string, unknown>;
    const image = (set: string, index: number, name: string, file: string) => ({
      set,
      index,
      class: name,
      file: `${set}/${name}/${file}`,
    });
    expect(report).toMatchObject({
      name: 'planted',
      understood: 'train/ and test/ with a folder a class',
      classes: [
        { name: 'bird', train: 1, test: 0 },
        { name: 'cat', train: 13, test: 2 },
        { name: '강아지', train: 13, test: 1 },
      ],
      train: 27,
      test: 3,
      pictures: {
        sizes: { smallest: [16, 16], middle: [16, 16], largest: [120, 16] },
        proportions: { narrowest: 1, middle: 1, widest: 7.5 },
        formats: { PNG: 30 },
      },
      damaged: [{ path: 'train/cat/broken.png' }],
      passedOver: { 'files without the ending of a picture': 1 },
      warnings: lines,
      images: { shape: [3, 8, 8], fit: 'cover', background: 255 },
      model: { name: 'photo-net', parameters: expect.any(Number) as unknown },
    });
    const [leak] = report.faults as object[];
    expect(leak).toEqual({
      kind: 'leak',
      count: 1,
      images: [[image('train', 13, 'cat', 'leak.png'), image('test', 1, 'cat', 'seen again.png')]],
    });
  });

  it('looks at MNIST', async () => {
    const { code, stdout } = await run('data', 'mnist');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n {3}60,000 {4}10,000 {2}in 10 classes\n\nno faults found\n/);
  });

  it.each([['nowhere'], ['./nowhere']])('%s, which is not there, ends with 3', async (name) => {
    const { code, stderr } = await run('data', name);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: `error: ${path.join(folder, 'nowhere')}: expected a folder of pictures, of IDX files or of CIFAR, or a .npz file, got nothing of that name; check the path\n`,
    });
  });
});

describe('a folder that holds only another folder', () => {
  it('is read as that one, its formats too', async () => {
    mkdirSync(path.join(folder, 'outer'));
    cpSync(path.join(folder, 'planted/train'), path.join(folder, 'outer/train'), {
      recursive: true,
    });
    const { code, stdout, stderr } = await run('data', './outer', '--image-size=8', '--json');
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      understood: 'a folder a class',
      pictures: { formats: { PNG: 27 } },
    });
  });
});

describe('training', () => {
  it('says the faults, and keeps them for the notebook as images', async () => {
    const { code, stderr } = await run('train', '--data=./planted', ...quick, '--out=run');
    expect(code, stderr).toBe(0);
    const said = stderr.split('\n').filter((line) => line.startsWith('warning: '));
    expect(said).toEqual(lines.map((line) => `warning: ${line}`));
    const { dataset } = readRun(path.join(folder, 'run'));
    expect(dataset?.faults?.found.map(({ kind, count }) => [kind, count])).toEqual([
      ['leak', 1],
      ['conflict', 2],
      ['repeat', 2],
      ['proportions', 1],
      ['oneColour', 1],
    ]);
    const black = dataset?.faults?.found[4].shown[0];
    expect(black).toEqual({
      image: Buffer.alloc(3 * 8 * 8).toString('base64'),
      places: [
        { set: 'train', index: 11, label: 1, path: 'train/cat/black.png', width: 16, height: 16 },
      ],
    });
    expect(dataset?.files).toMatchObject({ damaged: 1, layout: expect.any(String) as unknown });
    const page = readFileSync(path.join(folder, 'run/index.html'), 'utf8');
    for (const text of ['test/cat/seen again.png', 'train/강아지/wide.png', '120 × 16']) {
      expect(page).toContain(text);
    }
  });

  it('--drop-duplicates leaves copies out, also after a kill and for verify', async () => {
    const words = ['--data=./planted', '--drop-duplicates', ...quick, '--out=dropped'];
    const killed = await run('train', ...words, '--inject-fault=SIGKILL@checkpoint:1,call:7');
    expect(killed.stderr).toContain(
      'note: left out: 4 of 27 training images, 1 that also test the model, 2 with copies of another label, 1 that repeat others\n',
    );
    const { data, command } = readRecord(path.join(folder, 'dropped'));
    expect(data).toMatchObject({
      trainSamples: 23,
      testSamples: 3,
      source: { kind: 'pictures', dropDuplicates: true },
      sha256: { samples: expect.stringMatching(/^[\da-f]{64}$/) as unknown },
    });
    expect(command).toMatch(/ --skip-damaged --drop-duplicates$/);
    const resumed = await run('train', '--resume=dropped', '--progress=none', '--workers=0');
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(await run('verify', 'dropped')).toMatchObject({ code: 0, stdout: 'equal\n' });
  });

  it('--drop-duplicates is refused for a built-in set and with --resume', async () => {
    expect(await run('train', '--data=mnist', '--drop-duplicates')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: --drop-duplicates: expected a folder or a .npz file, got mnist; leave the option out\n',
    });
    const { code, stderr } = await run('train', '--resume=dropped', '--drop-duplicates');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error: --drop-duplicates: expected none with --resume, which reads the data as the run did; leave it out\n',
    });
  });
});
