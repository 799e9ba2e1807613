// pnpm test [paths…] [vitest options]: runs the tests whose path contains one of the paths; without
// one, all. With --long they take every model there is. The last line is the count; tests that passed only when they
// were tried again are named before it.
import path from 'node:path';
import type { TestCase, TestModule } from 'vitest/node';

const root = path.join(import.meta.dirname, '..');

// Suites and files that failed as a whole, by their own error: it did not load, or a hook threw.
function failedAsAWhole(module: TestModule): number {
  const suites = [module, ...module.children.allSuites()];
  return suites.filter((suite) => suite.errors().length > 0).length;
}

/** A need of some tests: on a machine that lacks it they are skipped, or fail if an environment variable is set. */
interface Need {
  readonly tests: string;
  readonly fileEnd: string;
  readonly variable: string;
  readonly remedy: string;
}

const needs: readonly Need[] = [
  {
    tests: 'browser tests',
    fileEnd: '.browser.test.ts',
    variable: 'CONVBOOK_REQUIRE_BROWSER',
    remedy: 'install Chromium (Debian: apt-get install chromium)',
  },
  {
    tests: 'tests in PyTorch',
    fileEnd: '.torch.test.ts',
    variable: 'CONVBOOK_REQUIRE_TORCH',
    remedy: 'install it for some python3 (Debian: apt-get install python3-torch)',
  },
  {
    tests: 'tests in other Nodes',
    fileEnd: '.nodes.test.ts',
    variable: 'CONVBOOK_REQUIRE_NODES',
    remedy: 'run npm ci --ignore-scripts in test/nodes (Linux, x86-64)',
  },
  {
    tests: 'tests of ranks',
    fileEnd: '.mpi.test.ts',
    variable: 'CONVBOOK_REQUIRE_MPI',
    remedy: 'install Open MPI and MPICH (Debian: apt-get install openmpi-bin mpich)',
  },
];

/** Those that some of the tests lack. */
function lacking(skipped: readonly TestCase[]): Need[] {
  const files = skipped.map((test) => test.module.moduleId);
  return needs.filter(({ fileEnd }) => files.some((file) => file.endsWith(fileEnd)));
}

/** A line for each outermost suite with skipped tests, and what to do about it. */
function describeSkipped(skipped: readonly TestCase[]): string {
  const counts = new Map<string, number>();
  for (const test of skipped) {
    const where = `${test.module.relativeModuleId}: ${test.fullName.split(' > ')[0]}`;
    counts.set(where, (counts.get(where) ?? 0) + 1);
  }
  const lines = [...counts].map(([where, count]) => `  ${where}, tests: ${count}\n`);
  const remedies = lacking(skipped).map(({ tests, remedy }) => `To run the ${tests}, ${remedy}.\n`);
  return `Skipped:\n${[...lines, ...remedies].join('')}`;
}

/** A line for each test that failed and passed when it was tried again. */
function describeFlaky(tests: readonly TestCase[]): string {
  return tests
    .filter((test) => test.diagnostic()?.flaky)
    .map((test) => `Passed at a second try: ${test.module.relativeModuleId}: ${test.fullName}\n`)
    .join('');
}

// Before vitest is loaded: it would colour what goes into a pipe, too.
if (!process.stdout.isTTY && process.env.FORCE_COLOR === undefined) process.env.NO_COLOR ??= '1';
const { parseCLI, startVitest } = await import('vitest/node');

const given = process.argv.slice(2);
if (given.includes('--long')) process.env.CONVBOOK_LONG = '1';
const typed = given.filter((argument) => argument !== '--' && argument !== '--long');
const { filter, options } = parseCLI(['vitest', 'run', ...typed]);
process.chdir(root);
const vitest = await startVitest('test', filter, { root, ...options, watch: false });

const modules = vitest.state.getTestModules();
const tests = modules.flatMap((module) => [...module.children.allTests()]);
const inState = (state: string) => tests.filter((test) => test.result().state === state);
const passed = inState('passed').length;
const skipped = inState('skipped');
// 'pending': its process ended before the test did.
let failed = inState('failed').length + inState('pending').length;
for (const module of modules) failed += failedAsAWhole(module);
failed += vitest.state.getUnhandledErrors().length;

process.stdout.write('\n');
// With a name pattern, all other tests are skipped, too: these are not reported.
if (skipped.length > 0 && !options.testNamePattern) process.stdout.write(describeSkipped(skipped));
process.stdout.write(describeFlaky(tests));
for (const { tests, variable } of lacking(skipped)) {
  if (process.env[variable] !== '1') continue;
  process.stdout.write(`${variable} is set: skipped ${tests} are a failure.\n`);
  failed++;
}
if (failed === 0 && (passed === 0 || process.exitCode)) {
  process.stdout.write(passed === 0 ? 'No test was run.\n' : 'The test run failed.\n');
  failed++;
}
const skippedText = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
process.stdout.write(`${passed} passed, ${failed} failed${skippedText}\n`);
process.exit(failed > 0 ? 1 : 0);
