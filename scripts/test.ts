// pnpm test [paths…] [vitest options]: runs the tests whose path contains one of the paths; without
// one, all. With --long they take every model there is. The last line is the count.
import path from 'node:path';
import type { TestCase, TestModule } from 'vitest/node';

const root = path.join(import.meta.dirname, '..');

// Suites and files that failed as a whole, by their own error: it did not load, or a hook threw.
function failedAsAWhole(module: TestModule): number {
  const suites = [module, ...module.children.allSuites()];
  return suites.filter((suite) => suite.errors().length > 0).length;
}

const isBrowserTest = (test: TestCase) => test.module.moduleId.endsWith('.browser.test.ts');

/** A line for each outermost suite with skipped tests, and what to do about it. */
function describeSkipped(skipped: readonly TestCase[]): string {
  const counts = new Map<string, number>();
  for (const test of skipped) {
    const where = `${test.module.relativeModuleId}: ${test.fullName.split(' > ')[0]}`;
    counts.set(where, (counts.get(where) ?? 0) + 1);
  }
  const lines = [...counts].map(([where, count]) => `  ${where}, tests: ${count}\n`);
  const remedy = 'To run the browser tests, install Chromium (Debian: apt-get install chromium).\n';
  return `Skipped:\n${lines.join('')}${skipped.some(isBrowserTest) ? remedy : ''}`;
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
if (process.env.CONVBOOK_REQUIRE_BROWSER === '1' && skipped.some(isBrowserTest)) {
  process.stdout.write('CONVBOOK_REQUIRE_BROWSER is set: skipped browser tests are a failure.\n');
  failed++;
}
if (failed === 0 && (passed === 0 || process.exitCode)) {
  process.stdout.write(passed === 0 ? 'No test was run.\n' : 'The test run failed.\n');
  failed++;
}
const skippedText = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
process.stdout.write(`${passed} passed, ${failed} failed${skippedText}\n`);
process.exit(failed > 0 ? 1 : 0);
