import type { LayerSpec } from '@convbook/layers';
import type { RunRecord } from '@convbook/run';

/** A setting by its path in run.json, and its value in each run; null where a run has none. */
export interface SettingDifference {
  path: string;
  values: (string | null)[];
}

/** The settings that decide the model, and the facts that decide only the time. */
const deciding = ['model', 'configuration', 'data', 'versions'] as const;

/**
 * Settings that are not the same in all runs, by the parts of run.json; of models that are not built
 * alike each layer as a whole.
 */
export function settingDifferences(records: readonly RunRecord[]): SettingDifference[] {
  const builds = records.map(({ model }) => model.layers.map(({ kind }) => kind).join());
  const areAlike = builds.every((build) => build === builds[0]);
  return differing(
    records.map((record) =>
      deciding.flatMap((key): (readonly [string, unknown])[] => {
        if (key !== 'model' || areAlike) return [[key, record[key]]];
        const { layers, ...model } = record.model;
        return [
          [key, model],
          ...layers.map((layer, k) => [`model.layers ${k + 1}`, layerText(layer)] as const),
        ];
      }),
    ),
  );
}

/** `conv2d, filters 30, kernelSize 5`. */
function layerText({ kind, ...settings }: LayerSpec): string {
  const parts = Object.entries(settings).flatMap(([key, value]) => flatten(key, value));
  return [kind, ...parts.map((part) => part.join(' '))].join(', ');
}

/** As `settingDifferences`, of the machines. */
export function hostDifferences(records: readonly RunRecord[]): SettingDifference[] {
  return differing(records.map(({ host }) => [['host', host] as const]));
}

function differing(parts: readonly (readonly (readonly [string, unknown])[])[]) {
  const flat = parts.map((own) => new Map(own.flatMap(([key, value]) => flatten(key, value))));
  const paths = [...new Set(flat.flatMap((own) => [...own.keys()]))];
  const partOf = (path: string) => deciding.findIndex((key) => path.startsWith(key));
  return paths
    .sort((a, b) => partOf(a) - partOf(b))
    .map((path) => ({ path, values: flat.map((own) => own.get(path) ?? null) }))
    .filter(({ values }) => values.some((value) => value !== values[0]));
}

/** Leaves of a record as paths and texts; lists of plain values, such as shapes, are one leaf. */
function flatten(path: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return [[path, value.join(' × ')]];
    return value.flatMap((item, k) => flatten(`${path} ${k + 1}`, item));
  }
  if (typeof value !== 'object' || value === null) {
    if (value === null) return [[path, 'none']];
    return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, item]) => flatten(`${path}.${key}`, item));
}
