// Writes kernel-signatures.ts from the AssemblyScript sources, whose syntax is TypeScript's.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import ts from 'typescript';

/** The file whose content `kernelSignatureSource` returns. */
export const kernelSignatureFile = fileURLToPath(
  new URL('../kernel-signatures.ts', import.meta.url),
);

const entry = fileURLToPath(new URL('../../assembly/index.ts', import.meta.url));

/** TypeScript types of the parameters' AssemblyScript types; assembly/units.ts explains the first three. */
const types: Readonly<Record<string, string>> = {
  usize: 'Address',
  Optional: 'Address | 0',
  Bytes: 'number',
  i32: 'number',
  u32: 'number',
  f32: 'number',
  f64: 'number',
  number: 'number',
  void: 'void',
};

interface Signature {
  readonly kernel: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly result: string;
}

/**
 * The text that kernel-signatures.ts should have.
 *
 * @throws Error where an export is not a function of numbers.
 */
export async function kernelSignatureSource(): Promise<string> {
  const signatures = exportsOf(entry).sort((a, b) => (a.kernel < b.kernel ? -1 : 1));
  // One kernel per line, however long.
  return format(sourceOf(signatures), {
    parser: 'typescript',
    singleQuote: true,
    printWidth: 1000,
  });
}

function sourceOf(signatures: readonly Signature[]): string {
  const names = signatures.map(
    ({ kernel, parameters }) => `${kernel}: [${parameters.map(({ name }) => `'${name}'`).join()}],`,
  );
  const functions = signatures.map(({ kernel, parameters, result }) => {
    const labelled = parameters.map(({ name, type }) => `${name}: ${type}`);
    return `readonly ${kernel}: (${labelled.join()}) => ${result};`;
  });
  return `
    // Made from assembly/ by scripts/kernel-signatures.ts: do not change it by hand.
    import type { Address } from './address.ts';

    /** Every kernel with the names of its parameters, in order. */
    export const kernelParameters = {
      ${names.join('\n')}
    } as const;

    /** The kernels' exports. */
    export interface Kernels {
      ${functions.join('\n')}
    }
  `;
}

// The functions that a file of `export { … } from '…'` exports.
function exportsOf(file: string): Signature[] {
  return parse(file)
    .statements.filter(ts.isExportDeclaration)
    .flatMap((statement) => {
      const { exportClause, moduleSpecifier } = statement;
      if (!exportClause || !ts.isNamedExports(exportClause)) return [];
      if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return [];
      const source = parse(path.resolve(path.dirname(file), `${moduleSpecifier.text}.ts`));
      return exportClause.elements.map(({ name }) => signatureOf(source, name.text));
    });
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
}

function signatureOf(source: ts.SourceFile, kernel: string): Signature {
  const declaration = source.statements
    .filter(ts.isFunctionDeclaration)
    .find(({ name }) => name?.text === kernel);
  if (!declaration)
    throw new Error(`kernel signatures: no function ${kernel} in ${source.fileName}`);
  const typeOf = (node: ts.TypeNode | undefined) => {
    const written = node?.getText(source) ?? 'nothing';
    const type = types[written];
    if (type) return type;
    throw new Error(
      `kernel signatures: expected a type of ${Object.keys(types).join(', ')}, ` +
        `got ${written} in ${kernel}; add it to kernel-signature-source.ts`,
    );
  };
  return {
    kernel,
    parameters: declaration.parameters.map(({ name, type }) => ({
      name: name.getText(source),
      type: typeOf(type),
    })),
    result: typeOf(declaration.type),
  };
}
