// The packages that are published, as their package.json describes them.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Where a name of `exports` or `imports` leads; `packed` where the published package differs from the workspace. */
export type Target = string | { readonly packed: string | null; readonly default: string };

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, Target>>;
  readonly imports?: Readonly<Record<string, Target>>;
  readonly sideEffects: boolean | readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface PublicPackage {
  /** Absolute. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** All of them, in alphabetical order of their folders. */
export function publicPackages(root: string): PublicPackage[] {
  const packages = path.join(root, 'packages');
  return readdirSync(packages)
    .map((name) => path.join(packages, name))
    .map((folder) => ({ folder, manifest: readManifest(folder) }))
    .filter(({ manifest }) => manifest.private !== true);
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Where a target leads in the published package; null where it is not published. */
export function packedSource(target: Target): string | null {
  return typeof target === 'string' ? target : target.packed;
}

/** The sources that a published package begins with: its exports, commands and inner names. Paths are absolute. */
export function entrySources({ folder, manifest }: PublicPackage): string[] {
  const { exports, bin = {}, imports = {} } = manifest;
  return [exports, bin, imports]
    .flatMap((targets: Readonly<Record<string, Target>>) => Object.values(targets))
    .map(packedSource)
    .filter((target) => target !== null)
    .filter((target) => target.endsWith('.ts'))
    .map((target) => path.join(folder, target));
}
