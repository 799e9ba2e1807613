import { join } from 'node:path';
import { createMetricsReader, createTimingReader } from '../events/event-reader.ts';
import type { TimingEvent } from '../events/events.ts';
import { createLogReader, type LogReader } from '../events/log-reader.ts';
import { checkReadable, isLarger, readText } from '../files/read-file.ts';
import { runFiles } from '../files/run-files.ts';
import { createMetricsHistory, type MetricsFacts } from './metrics-history.ts';
import { createTimingHistory } from './timing-history.ts';

/** A log of the run. */
export interface Log {
  sizeBytes: number;
  /** As it stands, for download; null where it is too large for a page. */
  text: string | null;
}

/** The history of a run, from both logs. */
export interface LogFacts extends MetricsFacts {
  logs: { metrics: Log; timing: Log };
  /** By kind, in the order of the log; of very many of a kind every n-th, or their sum. */
  timing: TimingEvent[];
  /** How often the run went on after it had stopped, and replaced its workers after a fault. */
  resumes: number;
  faults: number;
}

export interface RunLogs {
  /**
   * Reads what was written since the last look; all of it where a log was cut back.
   *
   * @param complete Whether both must be there, and their last lines whole.
   * @throws RunDirectoryError when one is missing or has a line that is no event.
   */
  read(complete: boolean): LogFacts;
}

/** A page takes 1 MB of a log, packed and in base64: of a larger one there is no text. */
const largestText = 8 * 1024 * 1024;

/** The logs of the run directory at `path`. */
export function createRunLogs(path: string): RunLogs {
  let open = openLogs(path);
  return {
    read(complete) {
      for (const file of [runFiles.metrics, runFiles.timing]) {
        checkReadable(join(path, file), complete);
      }
      try {
        if (!open.readOn(!complete)) {
          open = openLogs(path);
          open.readOn(!complete);
        }
      } catch (error) {
        // Some of its lines were read: the next look begins anew.
        open = openLogs(path);
        throw error;
      }
      return open.facts();
    },
  };
}

function openLogs(path: string) {
  const [metrics, timing] = [createMetricsHistory(), createTimingHistory()];
  const [metricsFile, timingFile] = [runFiles.metrics, runFiles.timing].map((file) =>
    join(path, file),
  );
  const readers = {
    metrics: createLogReader(metricsFile, createMetricsReader(metricsFile), metrics.add),
    timing: createLogReader(timingFile, createTimingReader(timingFile), timing.add),
  };
  const logOf = (file: string, { sizeBytes }: LogReader): Log => ({
    sizeBytes,
    text: isLarger(path, file, largestText) ? null : (readText(path, file, false) ?? ''),
  });
  return {
    readOn: (mayBeCut: boolean) =>
      readers.metrics.readOn(mayBeCut) && readers.timing.readOn(mayBeCut),
    facts: (): LogFacts => ({
      ...metrics.facts(),
      logs: {
        metrics: logOf(runFiles.metrics, readers.metrics),
        timing: logOf(runFiles.timing, readers.timing),
      },
      timing: timing.events(),
      resumes: Math.max(0, timing.starts - 1),
      faults: timing.faults,
    }),
  };
}
