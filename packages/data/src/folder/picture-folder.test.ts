import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DataError } from '@convbook/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPictureFolder } from './picture-folder.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'convbook-folder-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files, empty or with a text; nothing here is decoded. */
function write(files: readonly string[], text = '') {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** Each picture of a set as `path → class`. */
function read() {
  const { classNames, train, test, layout, passedOver } = readPictureFolder(folder);
  const show = (files: typeof train) =>
    files.map(({ path, label }) => `${path} → ${classNames[label]}`);
  return { classNames, layout, passedOver, train: show(train), test: test && show(test) };
}

describe('a folder of pictures', () => {
  it('with a folder a class is one set, its classes in natural order', () => {
    write(['class10/a.png', 'class2/b.JPG', 'class2/deep/er/c.webp', 'class1/d.jpeg']);
    expect(read()).toEqual({
      classNames: ['class1', 'class2', 'class10'],
      layout: 'a folder a class',
      passedOver: {},
      train: [
        'class1/d.jpeg → class1',
        'class2/b.JPG → class2',
        'class2/deep/er/c.webp → class2',
        'class10/a.png → class10',
      ],
      test: null,
    });
  });

  it.each([
    ['train', 'test'],
    ['Train', 'Val'],
    ['training', 'testing'],
    ['train', 'validation'],
    ['train', 'valid'],
  ])('with %s/ and %s/ has two sets', (first, second) => {
    write([`${first}/cat/1.png`, `${first}/dog/1.png`, `${second}/dog/2.png`]);
    const { layout, train, test } = read();
    expect(layout).toBe(`${first}/ and ${second}/ with a folder a class`);
    expect(train).toEqual([`${first}/cat/1.png → cat`, `${first}/dog/1.png → dog`]);
    expect(test).toEqual([`${second}/dog/2.png → dog`]);
  });

  it('takes test/ before val/, and counts what is in the other', () => {
    write(['train/a/1.png', 'train/b/1.png', 'test/a/2.png', 'val/a/3.png', 'val/b/4.png']);
    expect(read().test).toEqual(['test/a/2.png → a']);
    expect(read().passedOver).toEqual({ 'files outside train/ and test/': 2 });
  });

  it('that holds only such a folder is that folder', () => {
    write(['photos/photos/cat/1.png', 'photos/photos/dog/1.png', 'photos/.DS_Store']);
    expect(read().train).toEqual(['cat/1.png → cat', 'dog/1.png → dog']);
  });

  it('passes over what is no picture, and counts it', () => {
    const system = ['.DS_Store', 'cat/Thumbs.db', 'cat/desktop.ini', 'cat/._1.png', '.git/x/y.png'];
    write([
      ...system,
      '__MACOSX/cat/1.png',
      'cat/1.png',
      'cat/notes.txt',
      'dog/1.png',
      'cover.png',
    ]);
    const { passedOver, train } = read();
    expect(train).toEqual(['cat/1.png → cat', 'dog/1.png → dog']);
    expect(passedOver).toEqual({
      'hidden and system files': 6,
      'files without the ending of a picture': 1,
      'pictures outside a class folder': 1,
    });
  });

  it('follows links inside the folder only, and enters no folder twice', () => {
    write(['cat/1.png', 'dog/1.png']);
    symlinkSync('/etc/passwd', join(folder, 'cat', 'passwd.png'));
    symlinkSync('nowhere', join(folder, 'cat', 'nowhere.png'));
    symlinkSync('../dog/1.png', join(folder, 'cat', 'linked.png'));
    symlinkSync('..', join(folder, 'cat', 'up'));
    const { passedOver, train } = read();
    expect(train).toEqual(['cat/1.png → cat', 'cat/linked.png → cat', 'dog/1.png → dog']);
    expect(passedOver).toEqual({
      'links that leave the folder or lead nowhere': 2,
      'links to a folder that was already read': 1,
    });
  });

  it('has names with spaces, Hangul in both spellings, emoji and 255 bytes', () => {
    const long = 'x'.repeat(255);
    const decomposed = '고양이'.normalize('NFD');
    write([`${decomposed}/1 2.png`, '개/🐕.png', `${long}/1.png`, '고양이/2.png']);
    const { classNames, train } = read();
    expect(classNames).toEqual([long, '개', '고양이']);
    expect(train.filter((text) => text.endsWith('→ 고양이'))).toHaveLength(2);
  });

  const put = "put each class's pictures in a folder of its name";
  it.each([
    [[], `no picture in any; ${put}`],
    [['1.png', '2.jpg'], `none, and 2 pictures outside a class folder; ${put}`],
    [['cat/1.png', 'cat/2.png'], `only cat; ${put}`],
    [Array.from({ length: 257 }, (_, at) => `c${at}/1.png`), '257; leave out or merge 1 of them'],
  ])('is refused with too few or too many classes', (files, got) => {
    write(files);
    expect(() => readPictureFolder(folder)).toThrow(
      new DataError(`${folder}: expected 2 to 256 folders of pictures, one a class, got ${got}`),
    );
  });

  it('that is not there is refused', () => {
    expect(() => readPictureFolder(join(folder, 'nowhere'))).toThrow(
      `${folder}/nowhere: expected to read it, got ENOENT; check the path and its permissions`,
    );
  });
});

describe('a list', () => {
  it.each(['labels.csv', 'metadata.csv'])('%s names pictures and classes', (name) => {
    write(['a.png', 'sub/b c.png', 'unused.png']);
    write([name], '\ufefffile_name,label\r\na.png,"cat, small"\r\n"./sub/b c.png",dog\r\n');
    expect(read()).toEqual({
      classNames: ['cat, small', 'dog'],
      layout: `the list ${name}`,
      passedOver: { 'files that the list does not name': 1 },
      train: ['a.png → cat, small', 'sub/b c.png → dog'],
      test: null,
    });
  });

  it('may lie in train/ and test/', () => {
    write(['train/1.png', 'train/2.png', 'test/3.png']);
    write(['train/metadata.csv'], 'file_name,label\n1.png,b\n2.png,a\n');
    write(['test/metadata.csv'], 'file_name,label\n3.png,b\n');
    const { train, test, layout } = read();
    expect({ train, test, layout }).toEqual({
      train: ['train/1.png → b', 'train/2.png → a'],
      test: ['test/3.png → b'],
      layout: 'train/ and test/ with the list metadata.csv',
    });
  });

  it.each([
    [
      'file_name,label\nb.png,cat\n',
      ', row 1: expected a picture of the folder FOLDER, got b.png, no such file; correct the list',
    ],
    [
      'file_name,label\na.png,cat\na.png,dog\n',
      ', row 2: expected a picture of the folder FOLDER, got a.png, a file named before; correct the list',
    ],
    [
      'file_name,label\n../../etc/passwd,cat\n',
      ', row 1: expected a picture of the folder FOLDER, got ../../etc/passwd, no such file; correct the list',
    ],
    [
      'file_name,label\na.png,\n',
      ', row 1: expected a label, got none; give every picture a class or leave it out',
    ],
    [
      'name;kind\na.png;cat\n',
      ': expected a first row with the columns file_name and label, got name;kind; name the columns so',
    ],
    [
      '',
      ': expected a first row with the columns file_name and label, got an empty file; name the columns so',
    ],
  ])('is refused: %j', (text, message) => {
    write(['a.png']);
    write(['labels.csv'], text);
    expect(() => readPictureFolder(folder)).toThrow(
      `${folder}/labels.csv${message.replace('FOLDER', folder)}`,
    );
  });

  it('with a comma in a label that is not quoted is refused with the cure', () => {
    write(['a.png']);
    write(['labels.csv'], 'file_name,label\na.png,cat, small\n');
    expect(() => readPictureFolder(folder)).toThrow(
      /labels\.csv: expected a CSV file, got Invalid Record Length.*; quote what has a comma in it, as in "red, large"$/,
    );
  });

  it('that is no CSV is refused with the reason of the parser', () => {
    write(['a.png']);
    write(['labels.csv'], 'file_name,label\na.png,"cat\n');
    expect(() => readPictureFolder(folder)).toThrow(
      /labels\.csv: expected a CSV file, got Quote Not Closed.*; correct it$/,
    );
  });
});
