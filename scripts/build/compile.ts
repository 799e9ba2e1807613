// JavaScript, declarations and source maps of everything that the entries reach.
import path from 'node:path';
import ts from 'typescript';

/** A file that was made from a source, which lies in the same folder. */
export interface EmittedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Compiles the entries and what they import, tests never. Source maps contain the sources.
 *
 * @throws Error with the compiler's complaints.
 */
export function compile(root: string, entries: readonly string[]): EmittedFile[] {
  const program = ts.createProgram([...entries], compilerOptions(root));
  const emitted: EmittedFile[] = [];
  const { diagnostics } = program.emit(undefined, (file, text) => {
    emitted.push({ path: path.normalize(file), text: withJavaScriptImports(file, text) });
  });
  const complaints = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (complaints.length > 0) throw new Error(format(root, complaints));
  return emitted;
}

function compilerOptions(root: string): ts.CompilerOptions {
  const packages = path.join(root, 'packages');
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), ts.sys.readFile) as {
    config: { compilerOptions: object };
  };
  const own = {
    // As the manifests of published packages say.
    customConditions: ['packed'],
    declaration: true,
    inlineSources: true,
    noEmit: false,
    outDir: packages,
    rewriteRelativeImportExtensions: true,
    rootDir: packages,
    sourceMap: true,
  };
  const json = Object.assign({}, config.compilerOptions, own);
  return ts.convertCompilerOptionsFromJson(json, root).options;
}

/** The compiler leaves `.ts` in the imports of declarations. */
function withJavaScriptImports(file: string, text: string): string {
  if (!file.endsWith('.d.ts')) return text;
  return text.replace(/((?:from |import\()["']\.{1,2}\/[^"']+)\.ts(["'])/g, '$1.js$2');
}

function format(root: string, diagnostics: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  });
}
