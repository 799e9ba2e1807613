// Which of the settings that a resume is given are not the run's.
import { isDeepStrictEqual } from 'node:util';
import {
  partsOf,
  partValue,
  recordedRows,
  rows,
  valuesOf,
  type AnySetting,
  type Configuration,
  type TrainingSettings,
} from '@convbook/run';

interface Difference {
  readonly name: string;
  /** As a command would take it; `none` where the run has no value. */
  readonly own: string;
  readonly given: string;
}

/**
 * The differences in the order of run.json, followed by what the run has none of.
 *
 * @param trainSamples Training samples of the data set: a limit of so many is none.
 */
export function settingDifferences(
  configuration: Configuration,
  settings: TrainingSettings,
  trainSamples: number,
): Difference[] {
  const { limit, ...others } = settings;
  const given = limit === trainSamples && configuration.limit === null ? others : settings;
  const own = valuesOf(configuration);
  const differing = rows.flatMap(([name, row]) =>
    differenceOf(name, row, own.get(name) ?? null, givenValue(given, name, row)),
  );
  const places = recordedRows.map(([name]) => name);
  const valued = differing.filter(({ own: text }) => text !== 'none');
  return [
    ...places.flatMap((place) => valued.filter(({ name }) => name === place)),
    ...valued.filter(({ name }) => !places.includes(name)),
    ...differing.filter(({ own: text }) => text === 'none'),
  ];
}

/** The value of a setting, or of one that is given as part of another. */
function givenValue(settings: TrainingSettings, name: string, { partOf }: AnySetting): unknown {
  const values = new Map<string, unknown>(Object.entries({ ...settings }));
  return values.get(name) ?? (partOf && partValue(values.get(partOf), name));
}

function differenceOf(
  name: string,
  { decidesBytes, type }: AnySetting,
  own: unknown,
  given: unknown,
): Difference[] {
  if (!decidesBytes || given === undefined) return [];
  const parts = partsOf(name);
  const other = type.resolve(name, given);
  if (isDeepStrictEqual(withoutParts(own, parts), withoutParts(other, parts))) return [];
  const text = (value: unknown) => (value === null ? 'none' : type.format(value, parts));
  return [{ name, own: text(own), given: text(other) }];
}

function withoutParts(value: unknown, parts: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([setting]) => !parts.includes(setting)));
}
