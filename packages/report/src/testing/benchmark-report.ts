import type { BenchmarkReport, MeasuredSteps } from '../pages/benchmark/benchmark-report.ts';

function steps(model: string, workers: number, median: number): MeasuredSteps {
  return {
    model,
    workers,
    batchSize: 100,
    repetitions: 3,
    spread: { median, least: median * 0.96, most: median * 1.1 },
    gigaflops: 433 / median,
    peakGigaflops: 44 * workers,
    efficiency: workers === 1 ? 1 : 0.9,
    waitingShare: workers === 1 ? 0 : 0.04,
    peakMemoryBytes: (150 + 10 * workers) * 2 ** 20,
    readySeconds: 0.61,
    firstStepSeconds: 0.78,
    foreignCores: 0.02,
    node: 'v24.21.0',
    whyNarrow: null,
  };
}

/** Measurements such as `pnpm bench --page --peers` takes, on two models. */
export function toBenchmarkReport(changed: Partial<BenchmarkReport> = {}): BenchmarkReport {
  const phase = { phase: 'forward and backward', running: 6, ending: 0.01, waiting: 0.2 };
  const update = { phase: 'update', running: 0.3, ending: 0.01, waiting: 0.05 };
  return {
    at: '2026-11-22T10:00:00.000Z',
    host: '2 cores, Some Processor',
    command: 'pnpm bench --model lenet,taewan --peers --page bench.html',
    loadBefore: 0.1,
    steps: [
      steps('lenet', 1, 6),
      steps('lenet', 2, 3.2),
      steps('taewan', 1, 26),
      steps('taewan', 2, 14),
    ],
    peers: [
      {
        model: 'lenet',
        peer: 'PyTorch tuned',
        variant: 'nhwc jit',
        threads: 2,
        millisecondsPerStep: 4.8,
        imagesPerSecond: 20_833,
        ratio: 1.5,
        peakMemoryBytes: 300 * 2 ** 20,
      },
    ],
    profiles: [
      {
        model: 'lenet',
        workers: 2,
        meanMilliseconds: 3.3,
        peakGigaflops: 88,
        node: 'v24.21.0',
        whyNarrow: null,
        directions: [
          { layer: 'input', direction: 'forward', milliseconds: 0.4, flops: 0 },
          { layer: 'conv1', direction: 'forward', milliseconds: 2, flops: 70e6 },
          { layer: 'conv1', direction: 'weight gradient', milliseconds: 2.5, flops: 70e6 },
        ],
        phases: [
          [phase, update],
          [phase, update],
        ],
      },
    ],
    ...changed,
  };
}
