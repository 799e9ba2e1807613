// A name with settings of its own as plain data: `{ name: 'adam', beta1: 0.8 }`. A user gives the
// settings that differ; what is resolved has all.
import { ConfigurationError } from '@convbook/core';
import { checkNumber, showValue, type Expected } from '@convbook/core/checks';

export interface Named {
  readonly name: string;
}

/** The settings there are under a name, with their defaults, and what each may be. */
export interface NamedKind<Settings extends Named = Named> {
  readonly defaults: Settings;
  readonly expected: Readonly<Record<string, Expected>>;
}

export type NamedKinds<Settings extends Named> = Readonly<
  Record<Settings['name'], NamedKind<Settings>>
>;

/** The settings without the name, each of which may be left out. */
export type OwnSettings<Settings extends Named> = {
  readonly [Setting in Exclude<keyof Settings, 'name'>]?: Settings[Setting] | undefined;
};

/** As a user gives it: the name, and settings where they are not the defaults. */
export type Given<Settings extends Named> = Settings extends unknown
  ? { readonly name: Settings['name'] } & OwnSettings<Settings>
  : never;

/**
 * The settings of a name, with the given ones in place of the defaults.
 *
 * @param where The name of the setting, with which messages begin.
 * @throws ConfigurationError when there is no such name or setting, or a value does not fit.
 */
export function resolveNamed<Settings extends Named>(
  where: string,
  kinds: NamedKinds<Settings>,
  given: unknown,
): Settings {
  const { name, settings } = splitGiven(where, kinds, given);
  const { defaults, expected } = kinds[name];
  return { ...defaults, ...checkNumbers(`${where} ${name}`, settings, expected) };
}

/** The name and the settings of what may be anything, the name among those there are. */
export function splitGiven<Name extends string>(
  where: string,
  kinds: Readonly<Record<Name, unknown>>,
  given: unknown,
): { name: Name; settings: Readonly<Record<string, unknown>> } {
  if (typeof given !== 'object' || given === null || !('name' in given)) {
    const [first] = Object.keys(kinds);
    throw new ConfigurationError(
      `${where}: expected what a function such as ${functionOf(first)}() returns, ` +
        `got ${showValue(given)}; write ${functionOf(nameIn(given, kinds) ?? first)}()`,
    );
  }
  const { name, ...settings } = given;
  return { name: checkName(where, name, kinds), settings };
}

/**
 * The name, if there is something of that name.
 *
 * @throws ConfigurationError when there is nothing of that name, naming what there is.
 */
export function checkName<Name extends string>(
  where: string,
  name: unknown,
  kinds: Readonly<Record<Name, unknown>>,
): Name {
  const isKnown = (value: unknown): value is Name =>
    typeof value === 'string' && Object.hasOwn(kinds, value);
  if (isKnown(name)) return name;
  throw new ConfigurationError(
    `${where}: expected one of ${Object.keys(kinds).join(', ')}, got ${showValue(name)}`,
  );
}

/**
 * The settings that are given, all of them numbers that are expected.
 *
 * @throws ConfigurationError when one is unknown or its value does not fit.
 */
export function checkNumbers(
  where: string,
  settings: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, Expected>>,
): Record<string, number> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([setting, value]) => {
      checkKnown(where, setting, expected);
      return [setting, checkValue(`${where}.${setting}`, value, expected[setting])];
    }),
  );
}

function checkKnown(where: string, setting: string, expected: object): void {
  if (Object.hasOwn(expected, setting)) return;
  const known = Object.keys(expected);
  const among = known.length === 0 ? 'no settings' : `settings among ${known.join(', ')}`;
  throw new ConfigurationError(`${where}: expected ${among}, got ${showValue(setting)}`);
}

function checkValue(where: string, value: unknown, expected: Expected): number {
  if (typeof value === 'number') return checkNumber(where, value, expected);
  throw new ConfigurationError(`${where}: expected ${expected.text}, got ${showValue(value)}`);
}

/** `name:setting=value,…`: what differs from the defaults, but for settings in `omitted`. */
export function formatNamed(
  settings: Named,
  defaults: object,
  omitted: readonly string[] = [],
): string {
  const changed = formatChanged(settings, defaults, omitted);
  return changed === '' ? settings.name : `${settings.name}:${changed}`;
}

/** `setting=value,…` of what differs from the defaults. */
export function formatChanged(
  settings: object,
  defaults: object,
  omitted: readonly string[] = [],
): string {
  const usual = new Map<string, unknown>(Object.entries(defaults));
  return Object.entries<string | number>({ ...settings })
    .filter(([setting, value]) => value !== usual.get(setting) && !omitted.includes(setting))
    .map(([setting, value]) => `${setting}=${value}`)
    .join(',');
}

/** The function that makes what has the name: `oneCycle` for `one-cycle`. */
function functionOf(name: string): string {
  // `constant()` is an initializer of layers.
  if (name === 'constant') return 'constantRate';
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The name in a text such as `adam:beta1=0.8`, which only commands take. */
function nameIn(given: unknown, kinds: object): string | undefined {
  const name = typeof given === 'string' ? given.split(':')[0] : '';
  return Object.hasOwn(kinds, name) ? name : undefined;
}
