import { showValue } from '@convbook/core/checks';

/** Differences that are named, at most. */
const mostNamed = 20;

/** Where two values that JSON can hold differ, a line each: `configuration.seed: expected 1, got 2`. */
export function recordDifferences(expected: unknown, got: unknown): string[] {
  const lines = [...differences(expected, got, [])];
  const more = lines.length - mostNamed;
  return more > 0 ? [...lines.slice(0, mostNamed), `and ${more} more`] : lines;
}

function* differences(expected: unknown, got: unknown, path: readonly string[]): Generator<string> {
  if (!isParent(expected) || !isParent(got)) {
    if (!Object.is(expected, got)) yield lineOf(path, expected, got);
    return;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    yield* differences(fieldOf(expected, key), fieldOf(got, key), [...path, key]);
  }
}

function lineOf(path: readonly string[], expected: unknown, got: unknown): string {
  const [own, other] = [expected, got].map((value) =>
    value === undefined ? 'nothing' : showValue(value),
  );
  return `${path.join('.')}: expected ${own}, got ${other}`;
}

type Parent = Readonly<Record<string, unknown>>;

function isParent(value: unknown): value is Parent {
  return typeof value === 'object' && value !== null;
}

function fieldOf(parent: Parent, key: string): unknown {
  return Object.hasOwn(parent, key) ? parent[key] : undefined;
}
