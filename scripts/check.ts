// pnpm check [--no-tests]: types, lint and format at once, then tests; all of them even where one fails.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { text } from 'node:stream/consumers';

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

interface Check {
  readonly name: string;
  readonly run: readonly string[];
}

const checks: readonly Check[] = [
  { name: 'types', run: [commandOf('typescript'), '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'lint', run: [commandOf('eslint'), '.', '--max-warnings', '0'] },
  { name: 'format', run: [commandOf('prettier'), '--check', '--log-level', 'warn', '.'] },
];
const tests: Check = { name: 'tests', run: ['--import', 'tsx', path.join('scripts', 'test.ts')] };

const results: string[] = [];

/** Runs a check; its output is printed in one piece at its end, or at once if it is `alone`. */
async function run({ name, run }: Check, alone: boolean): Promise<void> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, run, {
    cwd: root,
    stdio: ['ignore', alone ? 'inherit' : 'pipe', alone ? 'inherit' : 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const read = async (stream: typeof child.stdout) => (stream === null ? '' : text(stream));
  const printed = await Promise.all([read(child.stdout), read(child.stderr)]);
  const [code] = await ended;
  if (printed.some((output) => output !== '')) {
    process.stdout.write(`${name}\n${printed.join('')}`);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  results.push(`${name.padEnd(6)}  ${code === 0 ? 'passed' : 'failed'}  ${seconds} s`);
  if (code !== 0) process.exitCode = 1;
}

process.stdout.write(`${checks.map(({ name }) => name).join(', ')} …\n`);
await Promise.all(checks.map((check) => run(check, false)));
if (!process.argv.includes('--no-tests')) await run(tests, true);
process.stdout.write(`\n${results.join('\n')}\n`);
