// pnpm golden [DIR…]: every PyTorch reference value through the kernels and the reference.
import { join, relative, resolve } from 'node:path';
import { loadKernelModule } from '@convbook/core/node';
import { createCommand, runCommand, typedIn } from 'convbook/command';
import { goldenFiles, runGoldenFile } from './run-golden.ts';
import { say } from 'convbook/progress';

const ownFolder = join(import.meta.dirname, '..', '..', 'golden');

const command = createCommand(
  'golden',
  'Compares kernels and plain loops with reference values computed by PyTorch.',
  [
    'pnpm golden                  those of this repository, test/golden',
    'pnpm golden ../more ./own    those of other folders',
  ],
)
  .argument('[dir...]', 'folders with golden files')
  .action(run);

async function run(folders: string[]): Promise<void> {
  const chosen = folders.length === 0 ? [ownFolder] : folders.map((dir) => resolve(typedIn, dir));
  const files = chosen.flatMap(goldenFiles);
  const module = await loadKernelModule('plain');
  let [passed, failed] = [0, 0];
  for (const file of files) {
    const result = runGoldenFile(file, module);
    passed += result.passed;
    failed += result.failures.length;
    const counts = `${result.passed} passed, ${result.failures.length} failed`;
    process.stdout.write(`${relative(typedIn, file)}: ${counts}\n`);
    for (const failure of result.failures) say(`  ${failure}`);
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (failed > 0) process.exitCode = 1;
}

await runCommand(command);
