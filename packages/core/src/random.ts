// Counter-based random numbers: Philox 4×32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random
// numbers: as easy as 1, 2, 3", SC 2011). A number depends on its place alone, never on what was
// drawn before it. The key is the seed; the counter is
//   word 0   block of elements, or the position in a shuffle
//   word 1   data-set index, or the attempt in a shuffle
//   word 2   epoch, or the hash of a parameter's name
//   word 3   layer × 256 + purpose
import { ConfigurationError } from './errors.ts';
import { cos, log, sin } from './math.ts';

/** How many values a word has: 2^32. */
const wordRange = 0x100000000;

/** The purpose of a random number: the low byte of counter word 3. The numbers never change. */
export const Purpose = {
  initialize: 1,
  shuffle: 2,
  dropout: 3,
  augment: 4,
  synthetic: 5,
  limit: 6,
  validation: 7,
  photo: 8,
} as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

/** Four unsigned 32-bit integers, least significant first. */
export type PhiloxCounter = readonly [number, number, number, number];

/** Two unsigned 32-bit integers, least significant first. */
export type PhiloxKey = readonly [number, number];

/** Writes the four random words of `counter` under `key` to `out[0…3]`. */
export function philox(counter: PhiloxCounter, key: PhiloxKey, out: Uint32Array): void {
  let c0 = counter[0] | 0;
  let c1 = counter[1] | 0;
  let c2 = counter[2] | 0;
  let c3 = counter[3] | 0;
  let k0 = key[0] | 0;
  let k1 = key[1] | 0;
  for (let round = 0; round < 10; round++) {
    const low0 = Math.imul(0xd2511f53, c0);
    const low1 = Math.imul(0xcd9e8d57, c2);
    const high0 = highWord(0xd2511f53, c0);
    const high1 = highWord(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/**
 * The upper 32 bits of the product of two unsigned words, by halves: in 32-bit integers ten rounds take
 * 45 ns, with a division of float64 140.
 */
function highWord(a: number, b: number): number {
  const aHigh = a >>> 16;
  const bHigh = b >>> 16;
  const aLow = a & 0xffff;
  const bLow = b & 0xffff;
  const low = Math.imul(aLow, bLow) >>> 16;
  const first = Math.imul(aHigh, bLow);
  const second = Math.imul(aLow, bHigh);
  const middle = low + (first & 0xffff) + (second & 0xffff);
  return (Math.imul(aHigh, bHigh) + (first >>> 16) + (second >>> 16) + (middle >>> 16)) | 0;
}

/**
 * The Philox key of a seed: its low and high 32 bits. Throws ConfigurationError unless the seed is
 * a safe integer ≥ 0.
 */
export function keyOf(seed: number): PhiloxKey {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new ConfigurationError(
      `seed: expected an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got ${seed}; choose one in that range`,
    );
  }
  return [seed % wordRange, Math.floor(seed / wordRange)];
}

/**
 * Fills `out` with numbers between `low` and `high`, for the parameter `name` from its element
 * `begin`, which is even.
 *
 * Element k depends on (seed, name, k) alone. `low` is included; `high` is reached by rounding
 * only.
 */
export function uniform<Values extends Float32Array | Float64Array>(
  seed: number,
  name: string,
  out: Values,
  low = 0,
  high = 1,
  begin = 0,
): Values {
  fillPairs(seed, name, out, begin, (first, second, pair) => {
    pair[0] = low + (high - low) * first;
    pair[1] = low + (high - low) * second;
  });
  return out;
}

/**
 * Fills `out` with normally distributed numbers, for the parameter `name` from its element `begin`,
 * which is even (Box–Muller in float64).
 *
 * Element k depends on (seed, name, k) alone; no value is further than 8.6 deviations from the
 * mean.
 */
export function normal<Values extends Float32Array | Float64Array>(
  seed: number,
  name: string,
  out: Values,
  mean = 0,
  deviation = 1,
  begin = 0,
): Values {
  fillPairs(seed, name, out, begin, (first, second, pair) => {
    const radius = deviation * Math.sqrt(-2 * log(1 - first));
    const angle = 2 * Math.PI * second;
    pair[0] = mean + radius * cos(angle);
    pair[1] = mean + radius * sin(angle);
  });
  return out;
}

/**
 * The order of `count` samples in an epoch: a permutation of 0 … count − 1 (Fisher–Yates,
 * unbiased).
 *
 * Depends on (seed, epoch, count) alone.
 */
export function shuffle(seed: number, epoch: number, count: number): Uint32Array<ArrayBuffer> {
  const key = keyOf(seed);
  const words = new Uint32Array(4);
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index++) order[index] = index;
  for (let last = count - 1; last > 0; last--) {
    const chosen = integerBelow(last + 1, epoch, key, words);
    const kept = order[last];
    order[last] = order[chosen];
    order[chosen] = kept;
  }
  return order;
}

/**
 * An unbiased integer in 0 … bound − 1: words beyond the last whole multiple of `bound` are
 * rejected.
 */
function integerBelow(bound: number, epoch: number, key: PhiloxKey, words: Uint32Array): number {
  const limit = wordRange - (wordRange % bound);
  for (let attempt = 0; ; attempt++) {
    philox([bound - 1, attempt, epoch, Purpose.shuffle], key, words);
    for (const word of words) if (word < limit) return word % bound;
  }
}

/**
 * Elements 2b and 2b + 1 come from block b: two uniform float64 in [0, 1), made into values by
 * `toPair`.
 */
function fillPairs(
  seed: number,
  name: string,
  out: Float32Array | Float64Array,
  begin: number,
  toPair: (first: number, second: number, pair: Float64Array) => void,
): void {
  const key = keyOf(seed);
  const hash = hashOf(name);
  const words = new Uint32Array(4);
  const pair = new Float64Array(2);
  for (let element = 0; element < out.length; element += 2) {
    philox([(begin + element) / 2, 0, hash, Purpose.initialize], key, words);
    toPair(unitInterval(words[0], words[1]), unitInterval(words[2], words[3]), pair);
    out[element] = pair[0];
    if (element + 1 < out.length) out[element + 1] = pair[1];
  }
}

/** 53 of 64 random bits as a float64 in [0, 1). */
function unitInterval(high: number, low: number): number {
  return ((high >>> 5) * 0x4000000 + (low >>> 6)) / 0x20000000000000;
}

/** FNV-1a, 32 bits, of the UTF-8 bytes of `text`. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
