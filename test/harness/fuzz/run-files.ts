// The files of a run directory, each changed in a directory that is otherwise valid.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRunRecord, readRun, runFiles } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import fc from 'fast-check';
import { createRecord } from '../../../packages/trainer/src/run/record.ts';
import { checkTrainable } from '../../../packages/trainer/src/run/trainable-record.ts';
import { tinyData, tinyModel, tinyState } from '../../../packages/trainer/src/testing/tiny.ts';
import { byteMutations, mutateBytes, parts, type Mutation } from './bytes.ts';
import { jsonMutations, mutateJson, type JsonMutations } from './json.ts';
import { opened, type Target } from './target.ts';
import { mutateTensors, tensorMutations } from './tensors.ts';

const settings = {
  classNames: ['a', 'b', 'c'],
  epochs: 2,
  stepsPerEpoch: 3,
  testSamples: 12,
  input: [1, 8, 8],
  filters: 2,
  kernelSize: 3,
};

/** A run of which one file is changed: of a complete one, or of one that stopped. */
function runTarget<Changes>(
  file: string,
  share: number,
  changes: fc.Arbitrary<Changes>,
  mutate: (valid: Buffer, changes: Changes) => Uint8Array,
): Target {
  return {
    name: file,
    share,
    prepare(folder) {
      const directory = writeSyntheticRun(join(folder, 'run'), settings);
      const path = join(directory, file);
      const valid = readFileSync(path);
      const change = (made: Changes | null) => {
        const bytes = made === null ? valid : mutate(valid, made);
        writeFileSync(path, bytes);
        return bytes.length;
      };
      return opened(changes, change, () => readRun(directory));
    },
  };
}

const json = (file: string, share: number) =>
  runTarget<JsonMutations>(file, share, jsonMutations, (valid, changes) =>
    mutateJson(JSON.parse(valid.toString()) as unknown, changes),
  );

interface EventChanges {
  /** Where the changed line is, as a part of the file from 0 to 1. */
  readonly at: number;
  readonly line: JsonMutations;
  readonly bytes: readonly Mutation[];
}

const eventChanges = fc.oneof(
  fc.record({
    at: parts,
    line: jsonMutations,
    bytes: fc.constant([]),
  }),
  fc.record({
    at: fc.constant(0),
    line: fc.constant({ values: [], bytes: [] }),
    bytes: byteMutations,
  }),
);

const events = (file: string, share: number) =>
  runTarget<EventChanges>(file, share, eventChanges, (valid, { at, line, bytes }) => {
    const lines = valid.toString().trimEnd().split('\n');
    const place = Math.floor(at * (lines.length - 1));
    lines[place] = mutateJson(JSON.parse(lines[place]) as unknown, line).toString();
    return mutateBytes(Buffer.from(`${lines.join('\n')}\n`), bytes);
  });

const tensors = (file: string, share: number) =>
  runTarget(file, share, tensorMutations, (valid, changes) => mutateTensors(valid, changes));

/** run.json as `--resume` reads it. */
const resumed: Target = {
  name: 'run.json, to resume',
  share: 8,
  async prepare(folder) {
    const { plan } = await tinyState();
    const valid = createRecord(
      { model: tinyModel, data: tinyData(10, 5), directory: '/run' },
      plan,
      { workers: 2 },
      new Date(0),
    );
    const file = join(folder, runFiles.record);
    const change = (changes: JsonMutations | null) => {
      const bytes = changes === null ? JSON.stringify(valid) : mutateJson(valid, changes);
      writeFileSync(file, bytes);
      return bytes.length;
    };
    const read = () => checkTrainable(parseRunRecord(readFileSync(file, 'utf8'), file), file);
    return opened(jsonMutations, change, read);
  },
};

export const runTargets: readonly Target[] = [
  json(runFiles.record, 10),
  resumed,
  events(runFiles.metrics, 7),
  events(runFiles.timing, 4),
  json(runFiles.dataset, 5),
  tensors(runFiles.evaluation, 3),
  tensors(runFiles.samples, 2),
  tensors(join(runFiles.snapshots, 'step-000003.safetensors'), 2),
];
