// Both event files of a run: appended to, and told to the listener.
import path from 'node:path';
import { runFiles, type MetricsEvent, type TimingEvent } from '@convbook/run';
import { openEventLog } from '@convbook/run/writing';
import type { SharedState } from '../engine/shared-state.ts';
import { fingerprintFields } from '../run/fingerprint.ts';
import type { Cursor } from '../run/cursor.ts';
import type { RecoveryContext } from './recovery.ts';
import type { SessionOptions } from './session-options.ts';

export interface RunLogs extends Pick<
  RecoveryContext,
  'logMetrics' | 'logTiming' | 'metricsBytes' | 'syncMetrics' | 'logFrom'
> {
  close(): void;
}

/** Opens the files; the metrics are cut back to `cursor`, the times to `timingBytes`. */
export function openRunLogs(
  directory: string,
  { plan, fingerprint }: Pick<SharedState, 'plan' | 'fingerprint'>,
  from: { readonly cursor: Cursor; readonly timingBytes: number },
  onEvent: SessionOptions['onEvent'],
): RunLogs {
  const file = (name: 'metrics' | 'timing') => path.join(directory, runFiles[name]);
  const metrics = openEventLog<MetricsEvent>(file('metrics'), from.cursor.metricsBytes);
  const timing = openEventLog<TimingEvent>(file('timing'), from.timingBytes);
  const logMetrics = (event: MetricsEvent) => {
    metrics.append(event);
    onEvent?.({ stream: 'metrics', ...event });
  };
  return {
    logMetrics,
    logTiming(event) {
      timing.append(event);
      onEvent?.({ stream: 'timing', ...event });
    },
    metricsBytes: () => metrics.sizeBytes,
    syncMetrics: metrics.sync,
    logFrom({ metricsBytes }) {
      metrics.cutBack(metricsBytes);
      if (metricsBytes > 0) return;
      const { steps, batchesPerEpoch: stepsPerEpoch, configuration } = plan;
      const { seed } = configuration;
      const begun = { event: 'start', schema: 1, seed, steps, stepsPerEpoch } as const;
      logMetrics({ ...begun, ...fingerprintFields({ fingerprint }) });
    },
    close() {
      metrics.close();
      timing.close();
    },
  };
}
