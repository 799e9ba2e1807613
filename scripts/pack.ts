// pnpm pack:all [--out DIR]: builds the packages and packs a tarball of each; prints their sizes.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackages, usualDestination } from './build/build-packages.ts';
import { packPackages } from './build/pack-packages.ts';

const root = path.join(import.meta.dirname, '..');
const { values } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== '--'),
  options: { out: { type: 'string', default: path.join(root, 'tarballs') } },
});
const out = path.resolve(process.env.INIT_CWD ?? '.', values.out);
mkdirSync(out, { recursive: true });
const packages = await buildPackages(root, usualDestination);
const tarballs = await packPackages(packages.map(usualDestination), out);
for (const { file, packedBytes, unpackedBytes } of tarballs) {
  process.stdout.write(
    `${file}  ${kilobytes(packedBytes)}, unpacked ${kilobytes(unpackedBytes)}\n`,
  );
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}
