// A folder of pictures, CIFAR's binary files and Keras' arrays, as a user trains on them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readRecord } from '@convbook/run';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { root, runNode } from './run-node.ts';

const folder = temporaryDirectory();
const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);
const quick = ['--epochs=1', '--workers=0', '--progress=none'];

/** A gradient in a class's colour, with a transparent corner where it has alpha. */
function draw(at: number, width: number, height: number, channels: 3 | 4) {
  const data = Uint8Array.from({ length: width * height * channels }, (_, byte) => {
    const [place, channel] = [Math.floor(byte / channels), byte % channels];
    if (channel === 3) return place % width < 4 ? 0 : 255;
    return channel === at % 2 ? 200 : (place * 3 + at * 20) % 256;
  });
  return sharp(data, { raw: { width, height, channels } });
}

interface Predicted {
  className: string;
  probabilities: number[];
  top: { className: string; probability: number }[];
}

/** Notes are indented. */
function isRow(line: string): boolean {
  return !line.startsWith(' ');
}

async function writePhotos(photos: string): Promise<void> {
  for (let at = 0; at < 12; at++) {
    const set = at < 8 ? 'train' : 'test';
    const place = path.join(photos, set, at % 2 ? '강아지' : 'cat & co');
    mkdirSync(place, { recursive: true });
    await draw(at, 40, 24 + at, 4)
      .png()
      .toFile(path.join(place, `${at}.png`));
    await draw(at, 30 + at, 24, 3)
      .jpeg()
      .toFile(path.join(place, `photo ${at}.jpg`));
  }
}

beforeAll(async () => {
  await writePhotos(path.join(folder, 'my photos'));
});

describe('a folder of pictures', () => {
  const reading = ['--fit=contain', '--background=40', '--image-size=24x16'];

  it('is trained on by photo-net, and recorded so that the command repeats', async () => {
    const words = ['--data=./my photos', ...reading, ...quick, '--out=run'];
    const { code, stderr } = await run('train', ...words);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^note: train\/ and test\/ with .*\n(warning: .*\n)?$/,
      ) as unknown,
    });
    const { model, data, command } = readRecord(path.join(folder, 'run'));
    expect(model).toMatchObject({
      name: 'photo-net',
      input: [3, 16, 24],
      source: { kind: 'preset' },
    });
    expect(data).toMatchObject({
      classNames: ['cat & co', '강아지'],
      trainSamples: 16,
      testSamples: 8,
      pictures: { fit: 'contain', orientation: 'upright', ground: null, background: 40 },
      source: { kind: 'pictures', relativePath: '../my photos' },
    });
    expect(command).toMatch(
      /^pnpm train --model photo-net --data '\.\/my photos' .*--image-size 24x16 --fit contain --background 40$/,
    );
  });

  it('a picture of it gives predict the bytes of the training, and the names of the classes', async () => {
    const files = ['my photos/test/cat & co/8.png', 'my photos/test/cat & co/photo 8.jpg'];
    const { code, stdout } = await run(
      'predict',
      'run',
      '--index=0',
      '--index=2',
      ...files,
      '--json',
    );
    expect(code).toBe(0);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { logits: number[]; className: string });
    expect(answers.map(({ logits }) => logits)).toEqual([
      answers[0].logits,
      answers[1].logits,
      answers[0].logits,
      answers[1].logits,
    ]);
    expect(answers[0].logits).not.toEqual(answers[1].logits);
    expect(['cat & co', '강아지']).toContain(answers[0].className);
  });

  it('predict reads a folder in natural order, passes over what is no picture, and says why one is damaged', async () => {
    const fresh = path.join(folder, 'new');
    mkdirSync(path.join(fresh, 'below'), { recursive: true });
    for (const name of ['photo2.png', 'photo10.png', 'below/한글.png']) {
      await draw(name.length, 24, 16, 3).png().toFile(path.join(fresh, name));
    }
    writeFileSync(path.join(fresh, 'photo3.png'), Buffer.of(0x89, 0x50, 0x4e, 0x47));
    writeFileSync(path.join(fresh, '.hidden'), '');
    writeFileSync(path.join(fresh, 'notes.txt'), 'no picture');
    const { code, stdout, stderr } = await run('predict', 'run', 'new');
    expect(code).toBe(2);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .filter(isRow)
        .map((line) => line.split(/ {2,}/)[0]),
    ).toEqual(['image', 'new/below/한글.png', 'new/photo2.png', 'new/photo10.png']);
    const [note, error, ...rest] = stderr.trimEnd().split('\n');
    expect(note).toBe(
      'note: new: 4 pictures, passed over: hidden and system files (1), files without the ending of a picture (1)',
    );
    expect(error).toMatch(/^error: new\/photo3\.png: /);
    expect(rest).toEqual([]);
  });

  it('--top lists so many classes, the most probable first', async () => {
    const words = ['run', 'new/photo2.png', '--top=2'];
    const { stdout } = await run('predict', ...words);
    const json = JSON.parse((await run('predict', ...words, '--json')).stdout) as Predicted;
    const { top, probabilities, className } = json;
    expect(top.map(({ probability }) => probability)).toEqual(
      [...probabilities].sort((a, b) => b - a),
    );
    expect(top[0].className).toBe(className);
    const names = stdout
      .split('\n')
      .slice(1, 3)
      .map((line) => line.slice(16).split(/ {2,}/)[0]);
    expect(names).toEqual(top.map((one) => one.className));
    expect(await run('predict', 'run', 'new/photo2.png', '--top=0')).toMatchObject({
      code: 2,
      stderr: 'error: --top: expected a whole number above 0, got 0\n',
    });
  });

  it('a folder without pictures is refused', async () => {
    mkdirSync(path.join(folder, 'bare'));
    expect(await run('predict', 'run', 'bare')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: bare: expected a folder with pictures, got none; name another\n',
    });
  });

  it('is found and read the same by verify, also where both were moved', async () => {
    expect(await run('verify', 'run')).toMatchObject({ code: 0, stdout: 'equal\n' });
    const moved = path.join(folder, 'moved');
    mkdirSync(moved);
    for (const name of ['run', 'my photos']) {
      renameSync(path.join(folder, name), path.join(moved, name));
    }
    expect(await run('verify', 'moved/run')).toMatchObject({ code: 0, stdout: 'equal\n' });
    renameSync(path.join(moved, 'my photos'), path.join(folder, 'my photos'));
    const asked = await run('verify', 'moved/run', '--data=my photos');
    expect(asked).toMatchObject({ code: 0, stdout: 'equal\n' });
  });

  it('with a damaged picture ends with 3 and writes nothing; --skip-damaged passes it over', async () => {
    const damaged = path.join(folder, 'damaged');
    await writePhotos(damaged);
    const jpeg = readFileSync(path.join(damaged, 'train/cat & co/photo 0.jpg'));
    writeFileSync(path.join(damaged, 'train/cat & co/photo 0.jpg'), jpeg.subarray(0, 200));
    const words = ['--data=./damaged', '--image-size=16', ...quick];
    const { code, stderr } = await run('train', ...words, '--out=never');
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^error: .*damaged: expected pictures that can be decoded, got 1 of 24 that cannot: train\/cat & co\/photo 0\.jpg: .*; replace or remove them, or pass them over with --skip-damaged\n$/,
    );
    expect(() => readRecord(path.join(folder, 'never'))).toThrow('got nothing there');
    expect((await run('train', ...words, '--skip-damaged', '--out=skipped')).code).toBe(0);
    expect(readRecord(path.join(folder, 'skipped')).data.trainSamples).toBe(15);
    expect(await run('verify', 'skipped')).toMatchObject({ code: 0, stdout: 'equal\n' });
  });

  it('with --stream is read from the file of decoded pictures, to the same model; by verify, too', async () => {
    const words = ['--data=./my photos', '--image-size=16', '--epochs=1', '--workers=2'];
    const inMemory = await run('train', ...words, '--progress=none', '--out=in-memory');
    expect(inMemory.code, inMemory.stderr).toBe(0);
    const streamed = await run('train', ...words, '--progress=plain', '--stream', '--out=streamed');
    expect(streamed.code, streamed.stderr).toBe(0);
    expect(inMemory.stderr).not.toContain('not kept in memory');
    expect(streamed.stderr).toMatch(
      /\nimages, 0\.0 MiB, are read from the file of decoded pictures and not kept in memory: as --stream asks\n/,
    );
    const [first, second] = ['in-memory', 'streamed'].map((name) =>
      readRecord(path.join(folder, name)),
    );
    expect(second.result?.modelSha256).toBe(first.result?.modelSha256);
    expect([second.data, second.configuration]).toEqual([first.data, first.configuration]);
    const verified = await run('verify', 'streamed', '--stream');
    expect(verified, verified.stderr).toMatchObject({ code: 0, stdout: 'equal\n' });
  });

  it('takes the size and the channels of a model file', async () => {
    const model = { input: [1, 5, 7], layers: [{ kind: 'flatten' }, { kind: 'dense', units: 2 }] };
    writeFileSync(path.join(folder, 'own.mjs'), `export default ${JSON.stringify(model)};\n`);
    const words = ['--model=./own.mjs', '--data=./my photos', ...quick, '--out=own'];
    const { code, stderr } = await run('train', ...words);
    expect(code, stderr).toBe(0);
    expect(readRecord(path.join(folder, 'own')).data.sampleShape).toEqual([1, 5, 7]);
  });
});

it.each([
  ['--image-size=64', '--image-size'],
  ['--fit=cover', '--fit'],
  ['--test-share=0.5', '--test-share'],
  ['--skip-damaged', '--skip-damaged'],
  ['--stream', '--stream'],
])('%s with MNIST is refused', async (word, flag) => {
  expect(await run('train', '--data=mnist', word)).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${flag}: expected a folder of pictures, got mnist; leave the option out\n`,
  });
});

it('CIFAR-10’s binary files are trained on', async () => {
  const cifar = path.join(folder, 'cifar');
  mkdirSync(cifar);
  writeFileSync(path.join(cifar, 'batches.meta.txt'), 'airplane\nautomobile\n\n');
  const records = (count: number) =>
    Uint8Array.from({ length: count * 3073 }, (_, at) =>
      at % 3073 === 0 ? Math.floor(at / 3073) % 2 : (at * 7) % 256,
    );
  writeFileSync(path.join(cifar, 'data_batch_1.bin'), records(6));
  writeFileSync(path.join(cifar, 'test_batch.bin'), records(4));
  const { code, stderr } = await run('train', '--data=./cifar', ...quick, '--out=cifar-run');
  expect(code, stderr).toBe(0);
  const { data } = readRecord(path.join(folder, 'cifar-run'));
  expect(data).toMatchObject({
    name: 'cifar-10',
    classNames: ['airplane', 'automobile'],
    trainSamples: 6,
  });
  expect(await run('verify', 'cifar-run')).toMatchObject({ code: 0, stdout: 'equal\n' });
});

// Three and one images [1, 2, 3] of three classes, written by numpy.savez_compressed.
const npz =
  'UEsDBC0AAAAIAAAAIQAq9Ie///////////8LABQAeF90cmFpbi5ucHkBABAAkgAAAAAAAABbAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6CkY6CsaaOgq1CuQBLgZGJmYWVjZ2Dk4ubh5ePn4BQQBQSwMELQAAAAgAAAAhAIoazhP//////////wsAFAB5X3RyYWluLm5weQEAEACYAAAAAAAAAEoAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNpoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaxjqaOgq1ChQALiYGVMAIpQFQSwMELQAAAAgAAAAhAGUMbVr//////////woAFAB4X3Rlc3QubnB5AQAQAIYAAAAAAAAAUAAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBeU2qorqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOgpGOgrGmjoKtQrkAa5fv//8/fcfAFBLAwQtAAAACAAAACEAPpoUXv//////////CgAUAHlfdGVzdC5ucHkBABAAiAAAAAAAAABIAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GoY6mjoKtQoUAC5GBggAAFBLAQItAy0AAAAIAAAAIQAq9Ie/WwAAAJIAAAALAAAAAAAAAAAAAACAAQAAAAB4X3RyYWluLm5weVBLAQItAy0AAAAIAAAAIQCKGs4TSgAAAJgAAAALAAAAAAAAAAAAAACAAZgAAAB5X3RyYWluLm5weVBLAQItAy0AAAAIAAAAIQBlDG1aUAAAAIYAAAAKAAAAAAAAAAAAAACAAR8BAAB4X3Rlc3QubnB5UEsBAi0DLQAAAAgAAAAhAD6aFF5IAAAAiAAAAAoAAAAAAAAAAAAAAIABqwEAAHlfdGVzdC5ucHlQSwUGAAAAAAQABADiAAAALwIAAAAA';

it('Keras’ arrays are trained on', async () => {
  writeFileSync(path.join(folder, 'small.npz'), Buffer.from(npz, 'base64'));
  const layers = [{ kind: 'flatten' }, { kind: 'dense', units: 3 }];
  const model = `export default ${JSON.stringify({ input: [1, 2, 3], layers })};\n`;
  writeFileSync(path.join(folder, 'three.mjs'), model);
  const words = ['--model=./three.mjs', '--data=small.npz', ...quick, '--out=npz-run'];
  const { code, stderr } = await run('train', ...words);
  expect(code, stderr).toBe(0);
  expect(readRecord(path.join(folder, 'npz-run')).data).toMatchObject({
    name: 'small',
    trainSamples: 3,
    testSamples: 1,
    source: { kind: 'folder', relativePath: '../small.npz' },
  });
  expect(await run('verify', 'npz-run')).toMatchObject({ code: 0, stdout: 'equal\n' });
});

describe('Ctrl+C while pictures are decoded', () => {
  const many = path.join(folder, 'many');
  beforeAll(async () => {
    const png = await draw(0, 600, 600, 3).png({ compressionLevel: 0 }).toBuffer();
    for (const name of ['a', 'b']) {
      mkdirSync(path.join(many, name), { recursive: true });
      for (let at = 0; at < 300; at++) {
        writeFileSync(
          path.join(many, name, `${at}.png`),
          Buffer.concat([png, Buffer.of(at % 256)]),
        );
      }
    }
  });

  /** Starts a command, and sends it SIGINT once it has written what matches. */
  async function interrupted(words: string[], stream: 'stdout' | 'stderr', when: RegExp) {
    const env = { ...process.env, INIT_CWD: folder };
    const child = spawn(process.execPath, words, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (text: Buffer) => {
        texts[name] += text.toString();
        if (name === stream && when.test(text.toString())) child.kill('SIGINT');
      });
    }
    expect(await once(child, 'close')).toEqual([130, null]);
    return texts;
  }

  it('train ends with 130, and nothing is written', async () => {
    const words = commandWords('train', '--data=./many', '--workers=64', '--out=cut');
    // The line before decoding begins.
    const { stderr } = await interrupted(words, 'stderr', /workers run, not 64/);
    expect(stderr).toMatch(/got SIGINT before the first step\n$/);
    expect(existsSync(path.join(folder, 'cut'))).toBe(false);
  });

  it('predict ends with 130 after the answers so far', async () => {
    const words = commandWords('predict', 'moved/run', 'many');
    const { stdout, stderr } = await interrupted(words, 'stdout', /many\/a\/0\.png/);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^image .*\nmany\/a\/0\.png /);
    expect(stdout).not.toContain('many/b/299.png');
  });
});
