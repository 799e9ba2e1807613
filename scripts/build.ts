// pnpm build: makes packages/*/dist, the folders that are published.
import path from 'node:path';
import { buildPackages, usualDestination } from './build/build-packages.ts';

const root = path.join(import.meta.dirname, '..');
const packages = await buildPackages(root, usualDestination);
for (const built of packages) {
  process.stdout.write(`${path.relative(root, usualDestination(built))}\n`);
}
