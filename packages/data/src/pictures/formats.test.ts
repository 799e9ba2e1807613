import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { checkFormat } from './formats.ts';

const head = (text: string) => Buffer.from(text, 'latin1');

test.each([
  '\x89PNG\r\n\x1a\n',
  '\xff\xd8\xff\xe0',
  'RIFF\x10\0\0\0WEBPVP8 ',
  'GIF87a',
  'GIF89a',
  '\0\0\0\x20ftypavif\0\0\0\0avifmif1',
  '\0\0\0\x20ftypmif1\0\0\0\0mif1avif',
  'II*\0',
  'MM\0*',
  'BM\x36',
])('%j is decoded', (text) => {
  expect(() => checkFormat(head(text), 'a')).not.toThrow();
});

describe('others are refused, by name', () => {
  test.each([
    ['', 'an empty file'],
    ['\x01\x02\x03\x04\x05', 'a file that begins with 01 02 03 04'],
    ['\x89PN', 'a file that begins with 89 50 4e'],
    ['RIFF\x10\0\0\0WAVE', 'a file that begins with 52 49 46 46'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'an HEIC picture or a film'],
    ['\xff\x0a', 'a JPEG XL picture'],
    ['\0\0\0\x0cjP  \r\n', 'a JPEG 2000 picture'],
    ['8BPS', 'a Photoshop file'],
    ['\0\0\x01\0', 'an icon'],
    ['%PDF-1.7', 'a PDF document'],
    ['PK\x03\x04', 'a ZIP archive'],
    ['\x1f\x8b\x08', 'a gzip file'],
    ['<svg xmlns=', 'an SVG drawing or another text of tags'],
    ['\xef\xbb\xbf \n<?xml version=', 'an SVG drawing or another text of tags'],
  ])('%j', (text, got) => {
    expect(() => checkFormat(head(text), 'x.png')).toThrow(
      new ConfigurationError(
        `x.png: expected a PNG, JPEG, WebP, GIF, AVIF, TIFF or BMP picture, got ${got}; save it as PNG`,
      ),
    );
  });
});
