// Other systems on the same models, where they are installed: test/peers, each measurement a
// process of its own.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mnistFolder } from '@convbook/data/training';
import { python, tunedEnvironment } from './torch.ts';

/** The scripts of the peers. */
export const peersFolder = join(import.meta.dirname, '..', '..', 'peers');
const run = promisify(execFile);

/** A way to train a model with another system. */
export interface PeerVariant {
  readonly peer: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Images a second of one variant. */
export interface PeerResult {
  readonly peer: string;
  readonly variant: string;
  readonly imagesPerSecond: number;
  readonly millisecondsPerStep: number;
  readonly peakMemoryBytes: number;
  /** From loading to the first answer; predictions alone have this and the next. */
  readonly loadMilliseconds?: number;
  /** Mean CPU time of a call. */
  readonly cpuMilliseconds?: number;
}

const torch = [python, 'bench_torch.py'];
const tfjs = [process.execPath, 'bench_tfjs.mjs', '--backend=wasm', '--filtergrad=conv2d'];
const tunings = [['--layout=nchw'], ['--layout=nhwc', '--mode=jit'], ['--layout=nhwc']];

/** The variants of every peer that is installed. */
export async function findPeers(): Promise<PeerVariant[]> {
  const hasTorch = await run(python, ['-c', 'import torch']).then(
    () => true,
    () => false,
  );
  const environment = hasTorch ? tunedEnvironment() : null;
  const hasTfjs = existsSync(join(peersFolder, 'node_modules', '@tensorflow', 'tfjs-backend-wasm'));
  const variants: PeerVariant[] = [];
  if (hasTorch) variants.push({ peer: 'PyTorch as installed', command: torch });
  if (environment) {
    for (const words of tunings) {
      variants.push({ peer: 'PyTorch tuned', command: [...torch, ...words], environment });
    }
  }
  if (hasTfjs) variants.push({ peer: 'TensorFlow.js wasm, patched', command: tfjs });
  return variants;
}

/** Measures a preset for about `seconds`. */
export async function measurePeer(
  { peer, command, environment }: PeerVariant,
  model: string,
  threads: number,
  seconds: number,
): Promise<PeerResult> {
  const [program, ...words] = [...command, `--model=${model}`, `--threads=${threads}`];
  const settings = { BENCH_SECONDS: String(seconds), MNIST_DIR: mnistFolder() };
  const env = { ...process.env, ...environment, ...settings };
  const { stdout } = await run(program, words, { cwd: peersFolder, env });
  const line = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
  if (typeof line.error === 'string') throw new Error(`${peer}, ${model}: ${line.error}`);
  return {
    peer,
    variant: String(line.variant),
    imagesPerSecond: Number(line.img_s),
    millisecondsPerStep: Number(line.ms),
    peakMemoryBytes: Number(line.rss_mb) * 2 ** 20,
    ...(typeof line.load_ms === 'number' ? { loadMilliseconds: line.load_ms } : {}),
    ...(typeof line.cpu_ms === 'number' ? { cpuMilliseconds: line.cpu_ms } : {}),
  };
}
