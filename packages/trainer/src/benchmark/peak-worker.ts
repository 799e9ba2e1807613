// One thread of measurePeak: counts products between the moment all threads are there and the end.
import { createGemmPeak } from '@convbook/core/kernels';

/** The task of one thread. */
export interface PeakTask {
  readonly module: WebAssembly.Module;
  readonly isWide: boolean;
  readonly seconds: number;
  readonly threads: number;
  /** Threads that are there. */
  readonly arrived: Int32Array;
}

// About a millisecond of products between two looks at the clock.
const timesBetweenLooks = 2000;

/** 10⁹ floating-point operations a second of this thread. */
export default function runPeak({ module, isWide, seconds, threads, arrived }: PeakTask): number {
  const peak = createGemmPeak(module, isWide);
  // Until the engine has compiled it for speed, which takes longer where cores are busy.
  const warmUntil = performance.now() + 500 * seconds;
  while (performance.now() < warmUntil) peak.run(timesBetweenLooks);
  // All at once: a core that turns alone may turn faster.
  Atomics.add(arrived, 0, 1);
  Atomics.notify(arrived, 0);
  for (;;) {
    const present = Atomics.load(arrived, 0);
    if (present >= threads) break;
    Atomics.wait(arrived, 0, present);
  }
  const startedAt = performance.now();
  const end = startedAt + 1000 * seconds;
  let products = 0;
  let now = startedAt;
  for (; now < end; now = performance.now()) {
    peak.run(timesBetweenLooks);
    products += timesBetweenLooks;
  }
  return (products * peak.flops) / (now - startedAt) / 1e6;
}
