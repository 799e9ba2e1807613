export { writeBenchmark } from './write-benchmark.ts';
export type { BenchmarkReport, MeasuredPeer } from './benchmark-report.ts';
