// pnpm release [--out DIR]: checks, tests and packs what a release publishes, and says how a person publishes it. It
// publishes nothing itself.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildPackages, usualDestination } from './build/build-packages.ts';
import { packPackages } from './build/pack-packages.ts';
import { publishingOrder } from './build/publishing-order.ts';
import { publicPackages } from './build/public-packages.ts';

const root = path.join(import.meta.dirname, '..');
const { values } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== '--'),
  options: {
    out: { type: 'string', default: path.join(root, 'tarballs') },
    // For the test of this script.
    'no-tests': { type: 'boolean', default: false },
  },
});

/** Why nothing can be released now; empty where it can. */
function obstacles(): string[] {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' });
  const pending = readdirSync(path.join(root, '.changeset')).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );
  const versions = new Set(publicPackages(root).map(({ manifest }) => manifest.version));
  return [
    ...(pending.length > 0 ? ['changes have no version yet; run pnpm changeset version'] : []),
    ...(versions.size > 1 ? [`packages have several versions: ${[...versions].join(', ')}`] : []),
    ...(git('status', '--porcelain') === '' ? [] : ['files are changed; commit them']),
  ];
}

const found = obstacles();
if (found.length > 0) {
  process.stderr.write(found.map((obstacle) => `release: ${obstacle}\n`).join(''));
  process.exit(2);
}
if (!values['no-tests']) {
  execFileSync(process.execPath, ['--import', 'tsx', path.join('scripts', 'check.ts')], {
    cwd: root,
    stdio: 'inherit',
  });
}
const out = path.resolve(process.env.INIT_CWD ?? '.', values.out);
mkdirSync(out, { recursive: true });
const packages = publishingOrder(await buildPackages(root, usualDestination));
const tarballs = await packPackages(packages.map(usualDestination), out);
const [{ manifest }] = packages;
process.stdout.write(
  [
    `\nVersion ${manifest.version} is packed, nothing is published. To publish it:\n`,
    ...tarballs.map(({ file }) => `    npm publish ${file} --access public`),
    `    git tag v${manifest.version} && git push origin v${manifest.version}\n`,
  ].join('\n'),
);
