// Resident memory of a whole run, as the system counts it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { residentBytes } from './processes.ts';

it.runIf(process.platform === 'linux')(
  'grows by less than 8 MB from epoch 3 to epoch 20, of simple-convnet with 2 workers',
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'convbook-memory-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    // Each epoch evaluates the 1,000 test images of `synthetic`; MNIST has 10,000.
    const data = ['--data', 'synthetic', '--limit', '600'];
    const words = [...data, '--epochs', '20', '--workers', '2', '--out', 'run'];
    const child = spawn(process.execPath, commandWords('train', ...words, '--json'), {
      cwd: folder,
      env: { ...process.env, INIT_CWD: folder },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const resident = new Map<number, number>();
    createInterface(child.stdout).on('line', (line) => {
      const event = JSON.parse(line) as { stream: string; event: string; epoch: number };
      if (event.stream !== 'timing' || event.event !== 'epoch' || child.pid === undefined) return;
      resident.set(event.epoch, residentBytes(child.pid));
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(0);
    const [early, late] = [resident.get(3), resident.get(20)];
    expect(early).toBeGreaterThan(50e6);
    expect(Number(late) - Number(early)).toBeLessThan(8e6);
  },
);
