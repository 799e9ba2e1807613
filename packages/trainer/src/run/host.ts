import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { packageFile, startedBy } from '@convbook/core/node';
import type { RecordedEngine, RecordedProject, RunRecord } from '@convbook/run';

export type WorkerCounts = Pick<RunRecord['host'], 'workers' | 'workersAsked'>;

/** What records say of workers; those asked for only where they differ. */
export function toWorkerCounts(workers: number, workersAsked: number): WorkerCounts {
  return workersAsked === workers ? { workers } : { workers, workersAsked };
}

export function describeHost(workers: WorkerCounts): RunRecord['host'] {
  return {
    ...workers,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    platform: `${process.platform} ${process.arch}`,
    memoryBytes: totalmem(),
  };
}

export function describeVersions(): Record<string, string> {
  const manifest = readFileSync(
    packageFile('@convbook/trainer/package.json', import.meta.url),
    'utf8',
  );
  const { version } = JSON.parse(manifest) as { version: string };
  return { convbook: version, node: process.versions.node, v8: process.versions.v8 };
}

/** The commit of the project that a run is started in, where it is known. */
export function projectFields({
  project,
}: {
  project?: (() => RecordedProject | null) | undefined;
}): Pick<RunRecord, 'project'> {
  const known = project?.() ?? null;
  return known === null ? {} : { project: known };
}

/** The running Node, and why its kernels are narrow; null: they are not. */
export function describeEngine(whyNarrow: string | null): RecordedEngine {
  const { node, v8 } = process.versions;
  return { node, v8, startedBy: startedBy(), whyNarrow };
}
