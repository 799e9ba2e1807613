// Mutations of JSON: valid text whose values, keys or nesting are not what a reader expects.
import fc from 'fast-check';
import {
  byteMutations,
  floodOf,
  hostileTexts,
  mutateBytes,
  oneOf,
  parts,
  type Mutation,
} from './bytes.ts';

/** Texts of values that may stand in place of any other. */
const values: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-1',
  '-0',
  '1.5',
  '1e-400',
  '1e308',
  '1e999',
  '2147483648',
  '4294967296',
  '9007199254740991',
  '9007199254740993',
  '1e21',
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '""',
  '"1"',
  '"NaN"',
  '[0]',
  '[-1,2]',
  '[1,2,3,4,5,6,7,8,9]',
  '{"toString":1,"valueOf":1}',
  '{"length":9}',
  '[1e9,1e9,1e9]',
  '{"name":{}}',
  '{"kind":"dense"}',
  'NaN',
  '//',
  '['.repeat(5000) + ']'.repeat(5000),
  '{"a":'.repeat(500) + '1' + '}'.repeat(500),
  ...hostileTexts.map((text) => JSON.stringify(text)),
];

type Change = (text: string, value: number) => string;

const inside = (text: string) => text.slice(1, -1);
const join = (parts: readonly string[]) => parts.filter((part) => part !== '').join();

/** Ways to change the text of one value. */
const changes: Readonly<Record<string, Change>> = {
  'another value': (_, value) => values[value % values.length],
  remove: () => '',
  twice: (text) => (text.startsWith('[') ? `[${join([inside(text), inside(text)])}]` : text),
  'one less': (text) => text.replace(/(,[^,]*)?\]$/, ']'),
  'in a list': (text) => `[${text}]`,
  'as text': (text) => JSON.stringify(text),
  'another number': (text, value) =>
    /^-?\d/.test(text) ? String(Number(text) * [-1, 0, 0.5, 2, 1e9, 1e300][value % 6]) : text,
  'a key more': (text, value) => addKey(text, hostileTexts[value % hostileTexts.length], '1'),
  'a key twice': (text) => addKey(text, lastKey(text), '1'),
  __proto__: (text) => addKey(text, '__proto__', '{"polluted":true}'),
  flood: (_, value) => floodOf(value).toString(),
};

function addKey(text: string, key: string, value: string): string {
  if (!text.startsWith('{')) return text;
  return `{${join([inside(text), `${JSON.stringify(key)}:${value}`])}}`;
}

/** The last key of an object's text; another change may have left something else. */
function lastKey(text: string): string {
  return /"(\w+)":[^"]*$/.exec(text)?.[1] ?? 'name';
}

/** Changes of values, or of the text's bytes. */
export const jsonMutations: fc.Arbitrary<JsonMutations> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      values: fc.array(
        fc.record({
          kind: fc.oneof(
            { weight: 300, arbitrary: oneOf(Object.keys(changes).slice(0, -1)) },
            { weight: 1, arbitrary: fc.constant('flood') },
          ),
          at: parts,
          value: fc.nat(),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      bytes: fc.constant([]),
    }),
  },
  { weight: 1, arbitrary: fc.record({ values: fc.constant([]), bytes: byteMutations }) },
);

export interface JsonMutations {
  readonly values: readonly Mutation[];
  readonly bytes: readonly Mutation[];
}

/** The text of a value after the changes. */
export function mutateJson(value: unknown, { values: changed, bytes }: JsonMutations): Buffer {
  const places = listPlaces(value);
  const chosen = new Map(
    changed.map((mutation) => [Math.floor(mutation.at * (places - 1)), mutation]),
  );
  const text = write(value, chosen, { next: 0 });
  return mutateBytes(Buffer.from(text), bytes);
}

/** How many values there are, itself included. */
function listPlaces(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, item) => sum + listPlaces(item), 1);
}

// JSON.stringify, with the chosen values changed.
function write(
  value: unknown,
  chosen: ReadonlyMap<number, Mutation>,
  place: { next: number },
): string {
  const mutation = chosen.get(place.next++);
  let text: string;
  if (Array.isArray(value)) {
    text = `[${join(value.map((item) => write(item, chosen, place)))}]`;
  } else if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, item]) => {
      const field = write(item, chosen, place);
      return field === '' ? '' : `${JSON.stringify(name)}:${field}`;
    });
    text = `{${join(fields)}}`;
  } else text = JSON.stringify(value);
  return mutation === undefined ? text : changes[mutation.kind](text, mutation.value);
}
