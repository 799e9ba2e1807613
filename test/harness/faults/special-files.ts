// What may stand in a file's place and is none, or is too large to be read.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** By name, what puts it at a path. */
export const specialFiles: Readonly<Record<string, (file: string) => void>> = {
  pipe: (file) => void execFileSync('mkfifo', [file]),
  folder: (file) => mkdirSync(file),
  socket: (file) => void createServer().listen(file).unref(),
  'link to itself': (file) => symlinkSync(path.basename(file), file),
  'link to a device': (file) => symlinkSync('/dev/zero', file),
  'link to a file': (file) => {
    writeFileSync(`${file}.target`, '{}');
    symlinkSync(`${file}.target`, file);
  },
};

/** Only root makes devices. */
export const isRoot = process.getuid?.() === 0;

/** Puts a device at a path that gives zeros without end. */
export function putDevice(file: string): void {
  execFileSync('mknod', [file, 'c', '1', '5']);
}

/** Puts a file at a path that has 3 GB of zeros, and takes no room. */
export function putHole(file: string): void {
  writeFileSync(file, '');
  truncateSync(file, 3 * 2 ** 30);
}
