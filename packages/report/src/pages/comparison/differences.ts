import type { LayerSpec } from '@convbook/layers';
import type { Run, RunRecord } from '@convbook/run';
import { rankCounts } from '../../analysis/rank-sessions.ts';
import { alignLayers } from './aligned-layers.ts';

/** A setting by its path in run.json, and its value in each run; null where a run has none. */
export interface SettingDifference {
  path: string;
  values: (string | null)[];
}

/** The settings that decide the model, and the facts that decide only the time. */
const deciding = ['model', 'configuration', 'data', 'versions'] as const;

/**
 * Settings that are not the same in all runs, by the parts of run.json. Layers of models that are not built
 * alike are compared as wholes, each with those of its kind that stand for it in the others.
 */
export function settingDifferences(records: readonly RunRecord[]): SettingDifference[] {
  const builds = records.map(({ model }) => model.layers.map(({ kind }) => kind).join());
  const areAlike = builds.every((build) => build === builds[0]);
  if (areAlike) return differing(records.map((record) => partsOf(record, deciding)));
  const [, ...others] = deciding;
  return [
    ...differing(records.map(({ model: { layers: _, ...model } }) => [['model', model]])),
    ...layerDifferences(records.map(({ model }) => model.layers)),
    ...differing(records.map((record) => partsOf(record, others))),
  ];
}

function partsOf(record: RunRecord, keys: readonly (typeof deciding)[number][]) {
  return keys.map((key): readonly [string, unknown] => [key, record[key]]);
}

function layerDifferences(models: readonly (readonly LayerSpec[])[]): SettingDifference[] {
  const counts = new Map<string, number>();
  const rows = alignLayers(models).map((layers): SettingDifference => {
    const kind = layers.find((layer) => layer !== null)?.kind ?? '';
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const values = layers.map((layer) => layer && layerText(layer));
    return { path: `model.layers ${kind} ${count}`, values };
  });
  return rows.filter(isDifferent);
}

function isDifferent({ values }: SettingDifference): boolean {
  return values.some((value) => value !== values[0]);
}

/** `conv2d, filters 30, kernelSize 5`. */
function layerText({ kind, ...settings }: LayerSpec): string {
  const parts = Object.entries(settings).flatMap(([key, value]) => flatten(key, value));
  return [kind, ...parts.map((part) => part.join(' '))].join(', ');
}

/** As `settingDifferences`, of the machines, and of how many ranks there were. */
export function hostDifferences(
  runs: readonly Pick<Run, 'record' | 'timing'>[],
): SettingDifference[] {
  return differing(
    runs.map(({ record, timing }) => [
      ['ranks', rankCounts(timing).join(' → ') || '1'],
      ['host', record.host],
    ]),
  );
}

function differing(
  parts: readonly (readonly (readonly [string, unknown])[])[],
): SettingDifference[] {
  const flat = parts.map((own) => new Map(own.flatMap(([key, value]) => flatten(key, value))));
  const paths = [...new Set(flat.flatMap((own) => [...own.keys()]))];
  const partOf = (path: string) => deciding.findIndex((key) => path.startsWith(key));
  return paths
    .sort((a, b) => partOf(a) - partOf(b))
    .map((path) => ({ path, values: flat.map((own) => own.get(path) ?? null) }))
    .filter(isDifferent);
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
