import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadIdxFolder } from '@convbook/data';
import fc from 'fast-check';
import { byteMutations, mutateBytes, oneOf, type Mutation } from './bytes.ts';
import { opened, type Opened, type Target } from './target.ts';

const files: Readonly<Record<string, Buffer>> = {
  'train-images-idx3-ubyte': toIdx([6, 5, 4]),
  'train-labels-idx1-ubyte': toIdx([6]),
  't10k-images-idx3-ubyte': toIdx([4, 5, 4]),
  't10k-labels-idx1-ubyte': toIdx([4]),
};
const names = Object.keys(files);

function toIdx(shape: number[]): Buffer {
  const size = shape.reduce((product, length) => product * length, 1);
  const words = [0x800 + shape.length, ...shape];
  const bytes = Buffer.alloc(4 * words.length + size);
  words.forEach((word, at) => bytes.writeUInt32BE(word, 4 * at));
  for (let at = 0; at < size; at++) bytes[4 * words.length + at] = (at * 7) % 3;
  return bytes;
}

interface Changes {
  readonly name: string;
  /** Changes of the file, and of its gzip. */
  readonly mutations: readonly Mutation[];
  readonly packed: readonly Mutation[];
}

const none = fc.constant([]);
const plain = fc.record({
  name: oneOf(names),
  mutations: byteMutations,
  packed: none,
});
const packed = fc.oneof(
  plain,
  fc.record({ name: oneOf(names), mutations: none, packed: byteMutations }),
);

/** Four files of which one is changed. */
function prepare(folder: string, changes: fc.Arbitrary<Changes>, isPacked: boolean): Opened {
  const pack = (bytes: Buffer) => (isPacked ? gzipSync(bytes) : bytes);
  const pathOf = (name: string) => join(folder, isPacked ? `${name}.gz` : name);
  const valid = names.map((name) => [pathOf(name), pack(files[name])] as const);
  let changed: string | null = null;
  for (const [path, bytes] of valid) writeFileSync(path, bytes);
  const change = (made: Changes | null) => {
    for (const [path, bytes] of valid) if (path === changed) writeFileSync(path, bytes);
    const {
      name,
      mutations,
      packed: ofPacked,
    } = made ?? { name: names[0], mutations: [], packed: [] };
    changed = pathOf(name);
    const bytes = mutateBytes(pack(mutateBytes(files[name], mutations)), ofPacked);
    writeFileSync(changed, bytes);
    return bytes.length;
  };
  return opened(changes, change, () => loadIdxFolder(folder));
}

export const idxTargets: readonly Target[] = [
  { name: 'IDX', share: 15, prepare: (folder) => prepare(folder, plain, false) },
  { name: 'IDX, gzip', share: 10, prepare: (folder) => prepare(folder, packed, true) },
];
