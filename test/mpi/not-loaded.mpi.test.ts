// Without a launcher nothing of MPI is loaded; where it is not installed, a start by a launcher says so.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, expect, it } from 'vitest';
import { smallRun, writeSmall } from '../harness/faults/small.ts';
import { runNode, scriptWords } from '../run-node.ts';

const folder = temporaryDirectory();
const hooks = path.join(folder, 'hooks.mjs');
beforeAll(() => {
  writeSmall(folder);
  writeFileSync(hooks, withoutMpi);
});

/** As Node does for a package that is not there. */
const withoutMpi = `
import { register } from 'node:module';
const hooks = \`export async function resolve(name, context, next) {
  if (!/^(?:@convbook\\\\/mpi|koffi)$/.test(name)) return next(name, context);
  throw Object.assign(new Error('Cannot find ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
}\`;
register('data:text/javascript,' + encodeURIComponent(hooks));
`;

function train(words: readonly string[], environment: Record<string, string> = {}) {
  const script = ['--import', hooks, ...scriptWords('train.ts', ...smallRun, ...words)];
  return runNode(script, folder, { environment });
}

const launched = { OMPI_COMM_WORLD_RANK: '0', OMPI_COMM_WORLD_SIZE: '2' };

it('a run of one process does without @convbook/mpi', async () => {
  const ended = await train(['--progress', 'none', '--workers', '0', '--out', 'alone']);
  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
});

it('so does --launcher none, whatever started it', async () => {
  // Ranks are connected before data are read.
  const { code, stderr } = await train(['--launcher', 'none', '--data', './nothing'], launched);
  expect([code, stderr]).toEqual([3, expect.stringContaining('got nothing of that name')]);
});

const line =
  'error: --launcher: expected the package @convbook/mpi, which connects ranks, got none; ' +
  'install it, or train each process by itself with --launcher none\n';

it.each([
  ['a launcher', [], launched],
  ['--launcher mpi', ['--launcher', 'mpi'], {}],
])('%s needs it', async (_what, words, environment) => {
  expect(await train(words, environment)).toEqual({ code: 2, stdout: '', stderr: line });
});
