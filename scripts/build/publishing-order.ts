import type { PublicPackage } from './public-packages.ts';

/** Each package after those that it needs, so that what is published can be installed at any moment. */
export function publishingOrder(packages: readonly PublicPackage[]): PublicPackage[] {
  const waiting = new Set(packages);
  let ordered: PublicPackage[] = [];
  while (waiting.size > 0) {
    const names = new Set([...waiting].map(({ manifest }) => manifest.name));
    const needsNone = ({ manifest: { dependencies, optionalDependencies } }: PublicPackage) =>
      Object.keys({ ...dependencies, ...optionalDependencies }).every((name) => !names.has(name));
    const next = [...waiting].filter(needsNone);
    if (next.length === 0) throw new Error(`packages need each other: ${[...names].join(', ')}`);
    for (const each of next) waiting.delete(each);
    ordered = ordered.concat(next);
  }
  return ordered;
}
