// Which package stands on which, as a rule over the text of a source file.
import path from 'node:path';
import ts from 'typescript';

/** Our packages that each package may import: those below it. */
export const floors: Readonly<Record<string, readonly string[]>> = {
  convbook: [
    'core',
    'data',
    'export',
    'layers',
    'lessons',
    'mpi',
    'page',
    'report',
    'run',
    'runtime',
    'trainer',
  ],
  core: [],
  data: ['core'],
  export: ['core', 'layers', 'page', 'run', 'runtime'],
  layers: ['core'],
  lessons: ['core', 'data', 'layers', 'page', 'run', 'runtime', 'trainer'],
  mpi: ['core', 'trainer'],
  page: [],
  report: ['core', 'layers', 'page', 'run', 'runtime'],
  run: ['core', 'layers'],
  runtime: ['core', 'layers'],
  trainer: ['core', 'data', 'layers', 'run'],
};

/** Folders and loose files of a package's `src/`, from the lowest up: imports run downward here, too. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  layers: [
    'settings',
    'calls',
    'losses',
    'activations',
    'flatten',
    'dropout',
    'local-response-norm',
    'batch-norm',
    'dense',
    'pool',
    'conv2d',
    'residual',
    'registry.ts',
    'training-registry.ts',
    'reference-registry.ts',
    'model',
    'presets',
    'plan',
    'predict',
    'run-model.ts',
    'gradient-engine.ts',
    'testing',
    'entries',
    'index.ts',
  ],
  lessons: [
    'assets',
    'data',
    'figure',
    'lesson.ts',
    'parts',
    'lessons',
    'page',
    'book.ts',
    'testing',
    'index.ts',
  ],
  page: [
    'text',
    'browser',
    'html',
    'content-security.ts',
    'data-url.ts',
    'charts',
    'chart-script',
    'images',
    'bundle-module.ts',
    'script.ts',
    'packed',
    'page.ts',
    'testing',
    'index.ts',
  ],
  report: [
    'analysis',
    'explain',
    'charts',
    'images',
    'live',
    'cells',
    'capsule',
    'pages',
    'serve',
    'summary-text.ts',
    'testing',
    'index.ts',
  ],
  run: [
    'checks',
    'settings',
    'files',
    'record',
    'events',
    'history',
    'artifacts',
    'run.ts',
    'read-run.ts',
    'testing',
    'writing.ts',
    'index.ts',
  ],
};

export interface SourceFile {
  /** Name of the package, without `@convbook/`. */
  readonly owner: string;
  /** Path from the package's folder, `src/index.ts`. */
  readonly file: string;
  readonly text: string;
  /** Packages that may be imported because a package.json names them. */
  readonly declared: ReadonlySet<string>;
}

/** Whether `owner` may stand on the package of that name; any package that is not ours may be imported. */
export function isBelow(owner: string, packageName: string): boolean {
  const [scope, name = scope] = packageName.split('/');
  const isOurs = scope === '@convbook' || scope === 'convbook';
  return !isOurs || floors[owner].includes(name);
}

/** A sentence for each import that is not allowed, of any form: static, dynamic, type, re-export. */
export function importComplaints({ owner, file, text, declared }: SourceFile): string[] {
  const imported = ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName);
  return imported.flatMap((specifier) => {
    const says = (what: string) => [`${owner}/${file}: ${specifier} ${what}`];
    if (specifier.startsWith('.')) {
      const target = path.posix.join(path.posix.dirname(file), specifier);
      return target.startsWith('..') ? says('is outside the package') : [];
    }
    // `#name` is a file of the package itself, by its package.json.
    if (specifier.startsWith('node:') || specifier.startsWith('#')) return [];
    const parts = specifier.split('/');
    const packageName = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    if (!isBelow(owner, packageName)) return says('does not stand below');
    return declared.has(packageName) ? [] : says('is not declared in package.json');
  });
}

// Folders that exist only on a developer's machine.
const outside = [
  /(?<![\w.-])\/(?:(?:work|root)\/|farm\b)/,
  /\.\.\/shared(?![\w.-])/,
  /(?<!\w)\.(?:library)\b/,
];

/** Whether a text names a folder outside the repository. */
export function namesOutside(text: string): boolean {
  return outside.some((pattern) => pattern.test(text));
}
