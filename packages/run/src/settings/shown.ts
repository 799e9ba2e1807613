// The configuration of a recorded run as a notebook shows it.
import { recordedRows } from './record.ts';
import type { RunConfiguration, Unit } from './table.ts';

/** A setting as a page shows it. */
export interface ShownSetting {
  readonly name: string;
  /** A number or text, `huber, delta 2` where there are settings of its own; null for none. */
  readonly value: string | number | null;
  readonly unit?: Unit | undefined;
}

/** Every setting in the order of run.json, followed by those that this version does not know. */
export function shownSettings(recorded: RunConfiguration): ShownSetting[] {
  const { lossSettings, ...fields } = recorded;
  const values = new Map<string, unknown>(Object.entries({ ...fields }));
  const known = recordedRows.filter(([name]) => values.has(name));
  const newer = [...values.keys()].filter((name) => !known.some(([own]) => own === name));
  const shown = (name: string, unit?: Unit): ShownSetting => ({
    name,
    value: shownValue(
      name === 'loss' ? { name: recorded.loss, ...lossSettings } : values.get(name),
    ),
    unit,
  });
  return [
    ...known.map(([name, { unit }]) => shown(name, unit)),
    ...newer.map((name) => shown(name)),
  ];
}

function shownValue(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value !== 'object') return leafText(value);
  if (Array.isArray(value)) return value.map(leafText).join(', ');
  const parts = Object.entries(value).map(([setting, own]) =>
    setting === 'name' ? leafText(own) : `${setting} ${leafText(own)}`,
  );
  return parts.length === 0 ? null : parts.join(', ');
}

function leafText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
