// docs/clusters.md: what it has typed exists, and its files are well formed.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { format } from 'prettier';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/** Options of mpirun, mpiexec, srun, sbatch, npm and apt-get that the text names. */
const othersOptions = new Set([
  '--allow-run-as-root',
  '--bind-to',
  '--cap-add',
  '--cpus-per-task',
  '--hostfile',
  '--map-by',
  '--mca',
  '--mpi',
  '--no-install-recommends',
  '--omit',
  '--oversubscribe',
  '--signal',
]);

/** Those of a command, as its help has them. */
async function optionsOf(command: string): Promise<Set<string>> {
  const { stdout } = await run(process.execPath, commandWords(command, '--help'), { cwd: root });
  return new Set(stdout.match(/--[a-z][a-z-]*/g));
}

/** The fenced blocks of a language. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(
    ([, block]) => block,
  );
}

describe('docs/clusters.md', () => {
  let text = '';
  let train = new Set<string>();
  let bench = new Set<string>();
  beforeAll(async () => {
    text = await readFile(path.join(root, 'docs/clusters.md'), 'utf8');
    [train, bench] = [await optionsOf('train'), await optionsOf('bench')];
  }, 60_000);

  it('types commands with options that they have', () => {
    const joined = text.replaceAll(/\\\n\s*/g, '');
    const typed = [...joined.matchAll(/(convbook (train)|start\.mjs (bench))([^\n`]*)/g)];
    expect(typed.length).toBeGreaterThan(5);
    for (const [line, , isTrain, , options] of typed) {
      const known = isTrain ? train : bench;
      for (const option of options.match(/--[a-z][a-z-]*/g) ?? []) {
        expect(known.has(option), `${option} in ${line}`).toBe(true);
      }
    }
  });

  it('names no option that neither we nor launchers have', () => {
    const named = new Set(
      // A row of dashes in a table is none.
      [...text.matchAll(/(?<=[\s`(])--[a-z][a-z-]*/g)].map(([option]) => option),
    );
    const sbatch = new Set(
      [...text.matchAll(/^#SBATCH (--[a-z-]+)/gm)].map(([, option]) => option),
    );
    const unknown = [...named].filter(
      (option) => ![train, bench, othersOptions, sbatch].some((all) => all.has(option)),
    );
    expect(unknown).toEqual([]);
    expect([...othersOptions].filter((option) => !named.has(option))).toEqual([]);
  });

  it('has scripts that a shell can read, one for Slurm', async () => {
    const scripts = blocks(text, 'bash');
    for (const script of scripts) await run('bash', ['-n', '-c', script]);
    const script = scripts.find((one) => one.includes('#SBATCH')) ?? '';
    expect(script.match(/exit|scontrol requeue|-eq 75/g)).toEqual([
      '-eq 75',
      'scontrol requeue',
      'exit',
    ]);
  });

  it('has a manifest that is YAML, with as many ranks as workers, and options that exist', async () => {
    const [manifest] = blocks(text, 'yaml');
    await format(manifest, { parser: 'yaml' });
    const { groups } =
      /- -n\n\s+- "(?<ranks>\d+)"[^]*Worker:\n\s+replicas: (?<workers>\d+)/.exec(manifest) ?? {};
    expect(groups?.ranks).toBe(groups?.workers);
    const convbook = manifest.slice(manifest.indexOf('- train'), manifest.indexOf('resources:'));
    const options = convbook.match(/--[a-z][a-z-]*/g) ?? [];
    expect(options.filter((option) => !train.has(option))).toEqual([]);
    expect(options.length).toBeGreaterThan(2);
  });

  it('names files that are there', async () => {
    const files = [...text.matchAll(/`((?:packages|scripts|test)\/[\w/.-]+)`/g)].map(
      ([, file]) => file,
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) await readFile(path.join(root, file));
  });
});
