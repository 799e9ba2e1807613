// What a program in JavaScript may give a public function in place of the right thing.
import { ConfigurationError } from './errors.ts';
import { nearestName } from './nearest-name.ts';
import { showValue } from './printable.ts';

/** Checks a path: a text that is not empty. Throws ConfigurationError beginning with `where`. */
export function checkPath(where: string, value: unknown): asserts value is string {
  if (typeof value === 'string' && value !== '') return;
  refuse(where, 'a path', value, 'give the path as a text');
}

/** Checks an object with fields. Throws ConfigurationError beginning with `where`, with the example. */
export function checkObject(where: string, value: unknown, example: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  refuse(where, 'an object with fields', value, `write ${example}`);
}

/**
 * Checks that every field of an object has a known name; one that is undefined may have any.
 * Throws ConfigurationError beginning with `where`, with the name that is meant where one is near.
 */
export function checkOptionNames(
  where: string,
  given: object,
  known: Readonly<Record<string, true>>,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || Object.hasOwn(known, name)) continue;
    const names = Object.keys(known);
    const meant = nearestName(name, names);
    if (meant !== null) refuse(where, 'the name of an option', name, `write ${meant}`);
    refuse(where, `options among ${names.join(', ')}`, name, 'leave it out');
  }
}

/** Checks a function. Throws ConfigurationError beginning with `where`, with the example. */
export function checkFunction(where: string, value: unknown, example: string): void {
  if (typeof value === 'function') return;
  refuse(where, 'a function', value, `write ${example}`);
}

/** Checks `[channels, height, width]`. Throws ConfigurationError beginning with `where`. */
export function checkImageShape(where: string, value: unknown): void {
  const isSize = (size: unknown) => Number.isSafeInteger(size) && Number(size) > 0;
  if (Array.isArray(value) && value.length === 3 && value.every(isSize)) return;
  refuse(where, 'three whole numbers above 0', value, 'write [channels, height, width]');
}

function refuse(where: string, what: string, value: unknown, remedy: string): never {
  throw new ConfigurationError(`${where}: expected ${what}, got ${showValue(value)}; ${remedy}`);
}
