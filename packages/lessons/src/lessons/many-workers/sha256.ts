// SHA-256 (FIPS 180-4), at once: a page has it only as a promise, and a view has none.

const constants = firstPrimes(64).map((prime) => fraction(Math.cbrt(prime)));
const begin = firstPrimes(8).map((prime) => fraction(Math.sqrt(prime)));

/** The first 32 bits of what follows the point. */
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
}

/** The hash of some bytes as 64 hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  const state = Int32Array.from(begin);
  const padded = pad(bytes);
  for (let at = 0; at < padded.byteLength; at += 64) addBlock(state, padded, at);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** A bit 1, zeros, and the length in bits, up to whole blocks. */
function pad(bytes: Uint8Array): DataView {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return view;
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function scheduleOf(view: DataView, at: number): Int32Array {
  const w = new Int32Array(64);
  for (let t = 0; t < 16; t++) w[t] = view.getInt32(at + 4 * t);
  for (let t = 16; t < 64; t++) {
    const [old, young] = [w[t - 15], w[t - 2]];
    const s0 = turn(old, 7) ^ turn(old, 18) ^ (old >>> 3);
    const s1 = turn(young, 17) ^ turn(young, 19) ^ (young >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  return w;
}

function addBlock(state: Int32Array, view: DataView, at: number): void {
  const w = scheduleOf(view, at);
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + constants[t] + w[t]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    // One after the other: a list of all eight would be made anew each time.
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, k) => (state[k] += word));
}
