// A run's fingerprint: a SHA-256 of all that decides its bytes, and of nothing else: no path, host or time.
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { dataHashes, type Dataset } from '@convbook/data';
import type { ResolvedModel } from '@convbook/layers';
import { recordedRows, toRunConfiguration, type Configuration } from '@convbook/run';
import type { SharedState } from '../engine/shared-state.ts';

/** The fingerprint of a run; names of model and data are not in it. */
export function fingerprintOf(
  model: ResolvedModel,
  data: Dataset,
  configuration: Configuration,
  start: SharedState['start'] = null,
): string {
  const decisive = {
    model: { input: model.input, layers: model.layers.map(({ spec }) => spec) },
    data: {
      sha256: dataHashes(data),
      ...(data.transposed ? { transposed: true } : {}),
      scaling: data.scaling,
      sampleShape: data.sampleShape,
      trainSamples: configuration.limit ?? data.train.count,
      testSamples: data.test.count,
    },
    configuration: decisiveSettings(configuration),
    ...(start && { start }),
  };
  return createHash('sha256').update(JSON.stringify(decisive, inOrder)).digest('hex');
}

/** The fingerprint as a field of a file or event; none where the run has none. */
export function fingerprintFields({ fingerprint }: Pick<SharedState, 'fingerprint'>): {
  fingerprint?: string;
} {
  return fingerprint === undefined ? {} : { fingerprint };
}

/** Without the recipe, which is a name for settings, and newer settings where they change nothing. */
function decisiveSettings(configuration: Configuration): Readonly<Record<string, unknown>> {
  const values: Readonly<Record<string, unknown>> = { ...toRunConfiguration(configuration) };
  const omitted = recordedRows.filter(
    ([name, row]) =>
      name === 'recipe' ||
      name === 'limit' ||
      (row.isNewer && isDeepStrictEqual(values[name], row.default)),
  );
  const names = omitted.map(([name]) => name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

/** For JSON: the keys of an object in order. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
