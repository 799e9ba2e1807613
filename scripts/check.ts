// pnpm check [--no-tests]: types, lint, format and tests, all of them even where one fails.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** The file that runs an installed package's command of the same name. */
function commandOf(name: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const command = name === 'typescript' ? 'tsc' : name;
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}

const checks = [
  { name: 'types', run: [commandOf('typescript'), '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'lint', run: [commandOf('eslint'), '.', '--max-warnings', '0'] },
  { name: 'format', run: [commandOf('prettier'), '--check', '--log-level', 'warn', '.'] },
  { name: 'tests', run: ['--import', 'tsx', path.join('scripts', 'test.ts')] },
];

const withoutTests = process.argv.includes('--no-tests');
const chosen = checks.filter(({ name }) => name !== 'tests' || !withoutTests);
const results: string[] = [];
for (const { name, run } of chosen) {
  process.stdout.write(`${name} …\n`);
  const startedAt = performance.now();
  const child = spawn(process.execPath, run, { cwd: root, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  results.push(`${name.padEnd(6)}  ${code === 0 ? 'passed' : 'failed'}  ${seconds} s`);
  if (code !== 0) process.exitCode = 1;
}
process.stdout.write(`\n${results.join('\n')}\n`);
