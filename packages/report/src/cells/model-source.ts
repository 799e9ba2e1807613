import { quote } from '@convbook/page';
import type { RunRecord } from '@convbook/run';

/** Characters that fit into the text column. */
const longestLine = 66;

/** A model's specification as the TypeScript module that defines it. */
export function modelSource({ name, input, layers }: RunRecord['model']): string {
  const kinds = [...new Set([...layers.map(({ kind }) => kind), 'defineModel'])].sort();
  const calls = layers.map(({ kind, ...settings }) => `    ${call(kind, settings)},`);
  return `${importLine(kinds)}

export default defineModel({
  name: ${quote(name)},
  input: ${literal(input)},
  layers: [
${calls.join('\n')}
  ],
});`;
}

/** A layer's call on one line, or with a line for each setting where that is too long. */
function call(kind: string, settings: object): string {
  const line = `${kind}(${literal(settings)})`;
  if (line.length <= longestLine) return line;
  const fields = Object.entries(settings).map(
    ([key, value]) => `      ${key}: ${literal(value)},\n`,
  );
  return `${kind}({\n${fields.join('')}    })`;
}

function importLine(names: readonly string[]): string {
  const line = `import { ${names.join(', ')} } from '@convbook/layers';`;
  if (line.length <= longestLine) return line;
  return `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '@convbook/layers';`;
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([key, item]) => `${key}: ${literal(item)}`);
  return fields.length === 0 ? '' : `{ ${fields.join(', ')} }`;
}
