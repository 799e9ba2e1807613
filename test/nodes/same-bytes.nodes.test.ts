// One model for each preset, whatever Node trains it, with wide kernels or narrow, by any number of workers.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { temporaryFolder } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { knownBits } from '../../packages/core/src/known-bits.ts';
import { commandWords } from '../harness/command-words.ts';
import { describeInOtherNodes, nodeOf } from '../harness/nodes/other-nodes.ts';
import type { TrainedHere, TrainingHere } from '../harness/nodes/train-here.ts';

// The last batch is short. Where a shard has four samples it is one vector: nothing for V8 to join.
const convnet = { name: 'simple-convnet', samples: 60, batchSize: 44, shardSize: 16 } as const;
const oneVector = { name: 'simple-convnet', samples: 20, batchSize: 12, shardSize: 4 } as const;
const batchedCnn = { name: 'batched-cnn', samples: 28, batchSize: 20, shardSize: 8 } as const;

/** The first by any number of workers; the last, of which one training takes longer than these, by `workers`. */
function trainingsBy(workers: number): TrainingHere['trainings'] {
  return [
    { ...convnet, workers: [0, 1, 2, 3] },
    { ...oneVector, workers: [workers] },
    { ...batchedCnn, workers: [workers] },
  ];
}

const cpuinfo = '/proc/cpuinfo';
const hasAvx2 = existsSync(cpuinfo) && / avx2 /.test(readFileSync(cpuinfo, 'utf8'));
const off = 'CONVBOOK_WIDE is off';
const all = [
  { version: 22, wide: '', workers: 1, whyNarrow: 'V8 12.4 does not widen kernels' },
  { version: 24, wide: '', workers: 2, whyNarrow: null },
  { version: 24, wide: 'off', workers: 3, whyNarrow: off },
  { version: 26, wide: '', workers: 3, whyNarrow: null },
  { version: 26, wide: 'off', workers: 1, whyNarrow: off },
];
/** `pnpm test` takes the oldest and the newest beside the running one, `pnpm test:long` all. */
const rows = process.env.CONVBOOK_LONG === '1' ? all : all.filter(({ version }) => version !== 24);

async function trainIn(program: string, wide: string, workers: number): Promise<TrainedHere> {
  const task: TrainingHere = { folder: temporaryFolder(), trainings: trainingsBy(workers) };
  const words = commandWords('train-here', JSON.stringify(task));
  const env = { ...process.env, CONVBOOK_WIDE: wide, CONVBOOK_NODE: 'system' };
  const { stdout } = await promisify(execFile)(program, words, { env });
  return JSON.parse(stdout) as TrainedHere;
}

describeInOtherNodes('the same bytes in every Node', () => {
  /** A hash for each training, by the running Node. */
  let expected: readonly string[] = [];

  test('the running Node', async () => {
    const { node, hashesOfKernels, models } = await trainIn(process.execPath, '', 0);
    expect(node).toBe(process.version);
    expect(hashesOfKernels).toEqual([knownBits, knownBits]);
    expected = models.map(([hash]) => hash);
    expect(models.flat()).toEqual([
      ...new Array<string>(4).fill(expected[0]),
      ...expected.slice(1),
    ]);
    expect(new Set(expected).size).toBe(3);
    for (const hash of expected) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each(rows)('Node $version, CONVBOOK_WIDE=$wide', async (row) => {
    const { version, wide, workers, whyNarrow } = row;
    const [first, second, third] = expected;
    expect(await trainIn(nodeOf(version), wide, workers)).toEqual({
      node: expect.stringMatching(new RegExp(`^v${version}\\.`)) as string,
      whyNarrow: wide === 'off' || hasAvx2 ? whyNarrow : 'the processor is not known to have AVX2',
      hashesOfKernels: [knownBits, knownBits],
      models: [[first, first, first, first], [second], [third]],
    });
  });
});
