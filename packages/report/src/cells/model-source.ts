import type { LayerSpec } from '@convbook/layers';
import { quote } from '@convbook/page';
import type { RunRecord } from '@convbook/run';

/** Characters that fit into the text column. */
const longestLine = 66;

/** A model's specification as the TypeScript module that defines it. */
export function modelSource({ name, input, layers }: RunRecord['model']): string {
  const used = layers.flatMap((layer) => [layer, ...insideOf(layer)]).map(({ kind }) => kind);
  const kinds = [...new Set([...used, 'defineModel'])].sort();
  return `${importLine(kinds)}

export default defineModel({
  name: ${quote(name)},
  input: ${literal(input)},
  layers: [
${calls(layers, '    ')}
  ],
});`;
}

function insideOf(layer: LayerSpec): readonly LayerSpec[] {
  return layer.kind === 'residual' ? layer.layers : [];
}

function calls(layers: readonly LayerSpec[], indent: string): string {
  return layers.map((layer) => `${indent}${call(layer, indent)},`).join('\n');
}

/** A layer's call on one line, or with a line for each setting where that is too long. */
function call(layer: LayerSpec, indent: string): string {
  const { kind, ...settings } = layer;
  const more = `${indent}  `;
  if (layer.kind === 'residual') {
    const { layers, kind: _, ...others } = layer;
    const list = `${more}layers: [\n${calls(layers, `${more}  `)}\n${more}],\n`;
    return `${kind}({\n${list}${fieldsOf(others, more)}${indent}})`;
  }
  const line = `${kind}(${literal(settings)})`;
  if (indent.length - 4 + line.length <= longestLine) return line;
  return `${kind}({\n${fieldsOf(settings, more)}${indent}})`;
}

function fieldsOf(settings: object, indent: string): string {
  return Object.entries(settings)
    .map(([key, value]) => `${indent}${key}: ${literal(value)},\n`)
    .join('');
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
