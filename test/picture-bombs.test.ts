// Pictures made to take the memory of the machine, as `pnpm predict` meets them: what the command and the
// process that decodes hold together, as the system counts it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  inflatedChunk,
  joinPng,
  pngChunk,
  pngHeader,
} from '../packages/data/src/testing/png-fixture.ts';
import { commandWords } from './harness/command-words.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';
import { residentBytes } from './processes.ts';
import { runNode } from './run-node.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'convbook-bombs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zeros = pngChunk('IDAT', deflateSync(Buffer.alloc(64 << 20)));
const texts = new Array<Uint8Array>(2000).fill(inflatedChunk('zTXt', 10 << 20));

const bombs = {
  'pixels.png': joinPng([pngHeader(60_000, 60_000, 8, 2), zeros]),
  'interlaced.png': joinPng([pngHeader(8_000, 8_000, 16, 6, 1), zeros]),
  'texts.png': joinPng([pngHeader(28, 28, 8, 0), ...texts, zeros]),
  'profile.png': joinPng([pngHeader(60_000, 60_000, 8, 2), inflatedChunk('iCCP', 64 << 20), zeros]),
};

beforeAll(async () => {
  writeSmall(folder);
  for (const [name, bytes] of Object.entries(bombs)) writeFileSync(path.join(folder, name), bytes);
  const { code, stderr } = await runNode(
    commandWords('train', ...smallRun, '--out', 'run'),
    folder,
  );
  expect(code, stderr).toBe(0);
});

it.runIf(process.platform === 'linux')(
  'each is refused in a line, in less than 200 MB',
  async () => {
    const words = commandWords('predict', 'run', ...Object.keys(bombs));
    const child = spawn(process.execPath, words, { env: { ...process.env, INIT_CWD: folder } });
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, residentBytes(Number(child.pid)))), 5);
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ]);
    clearInterval(watch);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: pixels.png: expected at most 67 megapixels, got 60000 × 60000 pixels; make it smaller
error: interlaced.png: expected a picture that needs at most 256 MiB of memory, got PNG of 8000 × 8000 pixels; make it smaller, or save it as JPEG
error: texts.png: the picture cannot be decoded, got more than 0.25 seconds of work; save it again as PNG
error: profile.png: expected at most 67 megapixels, got 60000 × 60000 pixels; make it smaller
`,
    });
    expect(most).toBeGreaterThan(100e6);
    expect(most).toBeLessThan(200e6);
  },
);
