// A run that could not be read or resumed is not begun: its readers look at what it would write.
import { ConfigurationError, RunDirectoryError } from '@convbook/core';
import { layOutSafetensors } from '@convbook/core/files';
import { parseRunRecord, runFiles, type RunRecord } from '@convbook/run';
import { recordText } from '@convbook/run/writing';
import type { SharedState } from '../engine/shared-state.ts';
import { checkpointTensors } from './checkpoint.ts';
import { firstCursor } from './cursor.ts';
import { checkTrainable } from './trainable-record.ts';

/** @throws ConfigurationError where a file of the run would be more than its reader takes. */
export function checkReadable(record: RunRecord, state: SharedState): void {
  try {
    checkTrainable(parseRunRecord(recordText(record), runFiles.record), runFiles.record);
    layOutSafetensors(checkpointTensors(state, firstCursor));
  } catch (cause) {
    if (!(cause instanceof RunDirectoryError || cause instanceof RangeError)) throw cause;
    const [reason] = cause.message.split(';');
    throw new ConfigurationError(
      `model and data: expected a run that can be read again, got "${reason}"; ` +
        'take fewer layers or classes, or shorter names',
    );
  }
}
