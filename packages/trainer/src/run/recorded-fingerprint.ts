import type { Dataset } from '@convbook/data';
import { resolveModel } from '@convbook/layers';
import type { RunRecord } from '@convbook/run';
import { recordedConfiguration } from '../settings/configuration.ts';
import { recordedFacts } from '../start/record-start.ts';
import { fingerprintOf } from './fingerprint.ts';

/**
 * The fingerprint of what a record says, with the data set of its run: another than `record.fingerprint` where layers
 * or settings were changed since.
 *
 * @throws ConfigurationError when the configuration cannot be trained.
 */
export function recordedFingerprint(record: RunRecord, data: Dataset): string {
  const model = resolveModel(record.model);
  const configuration = recordedConfiguration(record.configuration, data.train.count);
  return fingerprintOf(model, data, configuration, recordedFacts(record));
}
