// What `--optimizer`, `--schedule` and `--loss` take: a name, or a name with settings of its own, as
// in `adam:beta1=0.8,epsilon=1e-6`. Settings are plain data: `{ name: 'adam', beta1: 0.8, … }`.
import { checkNumber, ConfigurationError, type Expected } from '@convbook/core';

/** What there is under a name: its settings with their defaults, and what each may be. */
export interface NamedKind {
  readonly defaults: { readonly name: string };
  readonly expected: Readonly<Record<string, Expected>>;
}

/** The name of `name:setting=value,…`, and the values as they were typed. */
export function splitNamed(text: string): { name: string; given: [string, string][] } {
  const [name, ...rest] = text.split(':');
  return { name, given: rest.length === 0 ? [] : splitSettings(rest.join(':')) };
}

/** The settings of `setting=value,…`, and the values as they were typed. */
export function splitSettings(text: string): [string, string][] {
  return text.split(',').map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  });
}

/** @throws ConfigurationError when there is nothing of that name, naming what there is. */
export function checkName<Name extends string>(
  where: string,
  name: string,
  kinds: Readonly<Record<Name, unknown>>,
): Name {
  if (Object.hasOwn(kinds, name)) return name as Name;
  throw new ConfigurationError(
    `${where}: expected one of ${Object.keys(kinds).join(', ')}, got ${JSON.stringify(name)}`,
  );
}

/**
 * The settings of a name, with the typed ones in place of the defaults.
 *
 * @throws ConfigurationError when a setting is unknown or its value is not what is expected.
 */
export function toNamed<Settings extends { readonly name: string }>(
  where: string,
  kind: { defaults: Settings; expected: NamedKind['expected'] },
  given: readonly (readonly [string, string])[],
): Settings {
  return toSettings(`${where} ${kind.defaults.name}`, kind, given);
}

/**
 * The settings with the typed ones in place of the defaults.
 *
 * @throws ConfigurationError when a setting is unknown or its value is not what is expected.
 */
export function toSettings<Settings extends object>(
  where: string,
  { defaults, expected }: { defaults: Settings; expected: NamedKind['expected'] },
  given: readonly (readonly [string, string])[],
): Settings {
  const settings = { ...defaults } as Record<string, unknown>;
  for (const [setting, text] of given) {
    if (!Object.hasOwn(expected, setting)) {
      const known = Object.keys(expected);
      throw new ConfigurationError(
        `${where}: expected ` +
          `${known.length === 0 ? 'no settings' : `settings among ${known.join(', ')}`}, ` +
          `got ${JSON.stringify(setting)}`,
      );
    }
    const value = text.trim() === '' ? NaN : Number(text);
    settings[setting] = checkNumber(
      ...([`${where}.${setting}`, value, expected[setting]] as const),
    );
  }
  return settings as unknown as Settings;
}

/** The text that gives these settings again: only what differs from the defaults is named. */
export function formatNamed(
  settings: { readonly name: string },
  defaults: { readonly name: string },
): string {
  const changed = formatSettings(settings, defaults);
  return changed === '' ? settings.name : `${settings.name}:${changed}`;
}

/** `setting=value,…` of what differs from the defaults. */
export function formatSettings(settings: object, defaults: object): string {
  const usual = Object.entries(defaults);
  const changed = Object.entries<string | number>({ ...settings }).filter(
    ([setting, value]) => !usual.some(([own, at]) => own === setting && at === value),
  );
  return changed.map(([setting, value]) => `${setting}=${value}`).join(',');
}
