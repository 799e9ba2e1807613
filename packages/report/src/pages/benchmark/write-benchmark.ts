import { writePage } from '../write-page.ts';
import { renderBenchmark } from './benchmark-page.ts';
import type { BenchmarkReport } from './benchmark-report.ts';

/**
 * Writes the measurements of `pnpm bench` as one HTML file.
 *
 * @returns The path of the file.
 * @throws RunDirectoryError when the file cannot be written.
 */
export async function writeBenchmark(report: BenchmarkReport, file: string): Promise<string> {
  return writePage(file, await renderBenchmark(report));
}
