// What each package lets others import, read by the compiler: a name that comes or goes is seen.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A name that an entry of a package exports. */
export interface PublicName {
  readonly name: string;
  readonly isDocumented: boolean;
}

/** The entries of all packages, as `@convbook/layers/plan`, with the file of each. */
export function entriesOf(root: string): Map<string, string> {
  const packages = path.join(root, 'packages');
  return new Map(
    readdirSync(packages).flatMap((folder) => {
      const manifest = readFileSync(path.join(packages, folder, 'package.json'), 'utf8');
      const { name, exports } = JSON.parse(manifest) as {
        name: string;
        exports: Record<string, string | { default: string }>;
      };
      return Object.entries(exports)
        .map(([subpath, target]) => {
          return [subpath, typeof target === 'string' ? target : target.default] as const;
        })
        .filter(([subpath]) => !subpath.includes('*'))
        .map(([subpath, file]) => {
          const entry = path.posix.join(name, subpath);
          return [entry, path.join(packages, folder, file)] as const;
        });
    }),
  );
}

/** The names of each entry in alphabetical order. */
export function publicNames(entries: ReadonlyMap<string, string>): Map<string, PublicName[]> {
  const options: ts.CompilerOptions = {
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
  };
  const program = ts.createProgram([...entries.values()], options);
  const checker = program.getTypeChecker();
  return new Map(
    [...entries].map(([entry, file]) => [entry, namesOf(program.getSourceFile(file), checker)]),
  );
}

function namesOf(source: ts.SourceFile | undefined, checker: ts.TypeChecker): PublicName[] {
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) return [];
  return checker
    .getExportsOfModule(module)
    .map((symbol) => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
      const isDocumented = target.getDocumentationComment(checker).length > 0;
      return { name: symbol.name, isDocumented };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
