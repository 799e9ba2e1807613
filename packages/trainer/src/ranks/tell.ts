// Main threads of ranks tell each other bytes, numbers and texts between jobs.
import { setTimeout } from 'node:timers/promises';
import { slicesOf } from '@convbook/run/writing';
import { isComplete, type Ticket } from '../engine/exchange/exchange.ts';
import type { RankLink } from './rank-link.ts';

/** Milliseconds between two looks at a ticket, at most: a rank may wait for minutes while another saves. */
const longestNap = 5;

/** Waits for others without blocking the thread. A timer also keeps the process alive, unlike `waitAsync`. */
export async function whenComplete(ticket: Ticket): Promise<void> {
  for (let nap = 1; !isComplete(ticket); nap = Math.min(longestNap, nap + 1)) {
    await setTimeout(nap);
  }
}

/** Gives the bytes of rank 0 to all, a piece at a time. They lie in shared memory. */
export async function spreadBytes({ exchange }: RankLink, bytes: Uint8Array): Promise<void> {
  for (const piece of slicesOf(bytes)) await whenComplete(exchange.startSpread(piece));
}

/** Gives a text of rank 0 to all; on others `text` is not read. */
export async function spreadText(link: RankLink, text: string): Promise<string> {
  const own = new TextEncoder().encode(link.rank === 0 ? text : '');
  const size = sharedSizes(1);
  size[0] = own.length;
  await spreadBytes(link, bytesOf(size));
  const bytes = sharedBytes(size[0]);
  if (link.rank === 0) bytes.set(own);
  await spreadBytes(link, bytes);
  return toText(bytes);
}

/** Gives the text of each rank to all, by rank. */
export async function gatherTexts(link: RankLink, text: string): Promise<string[]> {
  const own = new TextEncoder().encode(text);
  const sizes = await gatherNumbers(link, own.length);
  const starts = [0];
  for (const size of sizes) starts.push(starts[starts.length - 1] + size);
  const bytes = sharedBytes(starts[link.ranks]);
  bytes.set(own, starts[link.rank]);
  await whenComplete(link.exchange.startGather(bytes, starts));
  return sizes.map((size, rank) => toText(bytes.subarray(starts[rank], starts[rank] + size)));
}

/** Gives a whole number of each rank to all, by rank. */
export async function gatherNumbers(
  { rank, ranks, exchange }: RankLink,
  own: number,
): Promise<number[]> {
  const numbers = sharedSizes(ranks);
  numbers[rank] = own;
  const starts = Array.from({ length: ranks + 1 }, (_, r) => r * numbers.BYTES_PER_ELEMENT);
  await whenComplete(exchange.startGather(bytesOf(numbers), starts));
  return [...numbers];
}

/** Zeros in shared memory, where an exchange reads and writes. */
export function sharedBytes(count: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(count));
}

function sharedSizes(count: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(count * Uint32Array.BYTES_PER_ELEMENT));
}

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

// A decoder reads no shared memory.
function toText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.slice());
}
