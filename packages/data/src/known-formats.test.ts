import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { knownFormat } from './known-formats.ts';
import { smallFiles } from './testing/idx-fixture.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const html = '<!DOCTYPE html>\n<html><head><title>Sign in</title>';

describe('knownFormat', () => {
  test.each<[name: string, start: Uint8Array]>([
    ['a zip archive', latin1('PK\x03\x04\x14\0\0\0\x08\0')],
    ['a gzip file', gzipSync('IDX')],
    ['a 7z archive', latin1('7z\xbc\xaf\x27\x1c\0\x04')],
    ['an xz file', latin1('\xfd7zXZ\0\0\x04')],
    ['a bzip2 file', latin1('BZh91AY&SY')],
    ['a zstd file', latin1('\x28\xb5\x2f\xfd\x04')],
    ['a tar archive', latin1(`train-images${'\0'.repeat(245)}ustar  \0`)],
    ['a NumPy file', latin1('\x93NUMPY\x01\0v\0')],
    ['an HDF5 file', latin1('\x89HDF\r\n\x1a\n')],
    ['a MATLAB file', latin1('MATLAB 5.0 MAT-file, Platform: GLNXA64')],
    ['a Parquet file', latin1('PAR1\x15\x04')],
    ['a Python pickle', latin1('\x80\x04\x95\x10')],
    ['a PNG image', latin1('\x89PNG\r\n\x1a\n')],
    ['a JPEG image', latin1('\xff\xd8\xff\xe0')],
    ['a Git LFS pointer', latin1('version https://git-lfs.github.com/spec/v1\n')],
    ['a web page (HTML)', latin1(html)],
    ['a web page (HTML)', latin1(`\xef\xbb\xbf\n\n${html.toLowerCase()}`)],
    ['an XML document', latin1('<?xml version="1.0"?><Error><Code>AccessDenied</Code>')],
    ['a JSON document', latin1('{"images": [[0, 0')],
    ['a table of text (CSV)', latin1('label,1x1,1x2\r\n5,0,0\r\n')],
    ['a table of text (CSV)', latin1('5\t0\t0\n')],
  ])('%s', (name, start) => {
    expect(knownFormat(start)?.name).toBe(name);
  });

  test.each(Object.entries(smallFiles))('is none of these: %s', (_, bytes) => {
    expect(knownFormat(bytes)).toBeNull();
  });

  test('is none of these: an empty file', () => {
    expect(knownFormat(new Uint8Array())).toBeNull();
  });
});
