import { basesOf } from '@convbook/layers/plan';
import { expect, test } from 'vitest';
import { tinyData, tinyState } from '../testing/tiny.ts';
import { gather } from './gather.ts';

test('images are read through a reader where there is one', async () => {
  const { plan } = await tinyState({ batchSize: 3 });
  const { train } = tinyData(10, 5);
  const [shard] = plan.full.shards;
  const bases = basesOf(plan.map, 0);
  const memory = new Uint8Array(plan.map.sizeBytes);
  const read = (images: Uint8Array, index: number) =>
    images.slice(index * 30, index * 30 + 30).reverse();
  gather(train, (n) => n + 4, shard, memory, bases, read);
  const lanes = memory.subarray(bases.arena + shard.bytes.offset).subarray(0, 30 * 4);
  const want = Array.from({ length: 30 }, (_, p) => [
    ...[4, 5, 6].map((sample) => train.images[sample * 30 + 29 - p]),
    0,
  ]);
  expect([...lanes]).toEqual(want.flat());
});

test('a shard of three samples in four lanes; the lane without a sample is zero', async () => {
  const { plan } = await tinyState({ batchSize: 3 });
  const { train } = tinyData(10, 5);
  const [shard] = plan.full.shards;
  const bases = basesOf(plan.map, 0);
  const memory = new Uint8Array(plan.map.sizeBytes).fill(99);
  const chosen = [7, 0, 9];
  gather(train, (n) => chosen[n], shard, memory, bases);
  const at = (place: { offset: number }) => bases.arena + place.offset;
  const lanes = memory.subarray(at(shard.bytes), at(shard.bytes) + 30 * 4);
  const want = Array.from({ length: 30 }, (_, p) => [
    ...chosen.map((sample) => train.images[sample * 30 + p]),
    0,
  ]);
  expect([...lanes]).toEqual(want.flat());
  expect([...memory.subarray(at(shard.labels), at(shard.labels) + 5)]).toEqual([
    ...chosen.map((sample) => train.labels[sample]),
    0,
    99,
  ]);
});

test.each([
  { size: 30, byteOffset: 0 },
  { size: 28, byteOffset: 0 },
  { size: 28, byteOffset: 2 },
])(
  'four images of $size bytes, from byte $byteOffset of their memory, share words',
  async ({ size, byteOffset }) => {
    const { plan } = await tinyState({ batchSize: 9 });
    const { train } = tinyData(10, 5);
    const images = new Uint8Array(new ArrayBuffer(byteOffset + size * 10), byteOffset);
    images.forEach((_, i) => (images[i] = i * 37));
    const [shard] = plan.full.shards;
    const bases = basesOf(plan.map, 0);
    const memory = new Uint8Array(plan.map.sizeBytes).fill(99);
    const chosen = [7, 0, 9, 3, 8, 1, 2, 6];
    gather({ ...train, images }, (n) => chosen[n], shard, memory, bases);
    const at = bases.arena + shard.bytes.offset;
    const want = Array.from({ length: size }, (_, p) =>
      chosen.map((sample) => (sample * size + p) * 37).map((value) => value & 255),
    );
    expect([...memory.subarray(at, at + size * shard.lanes)]).toEqual(want.flat());
    expect(shard.count).toBe(8);
  },
);
