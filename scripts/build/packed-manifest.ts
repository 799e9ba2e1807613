// The package.json of a published package, made from that of the workspace: what leads to a source there leads to
// what was built from it here, and nothing is listed twice.
import { packedSource, type Manifest, type Target } from './public-packages.ts';

/** Fields that only the workspace needs. */
const left = new Set([
  'scripts',
  'devDependencies',
  'publishConfig',
  'dependencies',
  'optionalDependencies',
]);

/**
 * @param versions Of all packages of the workspace, by name.
 * @returns The manifest as it is written.
 */
export function packedManifest(
  manifest: Manifest,
  versions: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const fields: [string, unknown][] = Object.entries(manifest);
  const packed = new Map<string, unknown>();
  for (const [field, value] of fields) {
    if (!left.has(field)) packed.set(field, convert(field, value, manifest));
  }
  packed.set('dependencies', withVersions(manifest.dependencies ?? {}, versions));
  if (manifest.optionalDependencies !== undefined) {
    packed.set('optionalDependencies', withVersions(manifest.optionalDependencies, versions));
  }
  return Object.fromEntries(packed);
}

function convert(field: string, value: unknown, manifest: Manifest): unknown {
  const { bin = {}, imports = {}, exports, sideEffects } = manifest;
  switch (field) {
    case 'bin':
      return mapValues(bin, builtFile);
    case 'imports':
      return packedTargets(imports);
    case 'exports':
      return packedTargets(exports);
    case 'sideEffects':
      return typeof sideEffects === 'boolean' ? sideEffects : sideEffects.map(builtFile);
    default:
      return value;
  }
}

function packedTargets(targets: Readonly<Record<string, Target>>): Record<string, unknown> {
  const published = Object.entries(targets).flatMap(([name, target]) => {
    const source = packedSource(target);
    return source === null ? [] : [[name, builtTarget(source)] as const];
  });
  return Object.fromEntries(published);
}

function builtTarget(source: string): string | { types: string; default: string } {
  const file = builtFile(source);
  return source.endsWith('.ts') ? { types: file.replace(/\.js$/, '.d.ts'), default: file } : file;
}

/** The file that is built from a source, from the root of the published package. */
function builtFile(source: string): string {
  return source.replace(/^(?:\.\/)?src\//, './').replace(/\.ts$/, '.js');
}

/** What a package needs, ours in the version that is published with it. */
function withVersions(
  needed: Readonly<Record<string, string>>,
  versions: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(needed).map(([name, version]) => [name, versions.get(name) ?? version]),
  );
}

function mapValues(
  record: Readonly<Record<string, string>>,
  map: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
