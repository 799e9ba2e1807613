// The packages as a user has them: built, packed, and installed by npm in a folder outside the repository. Made once
// for all test files, by whichever comes first; test/global-setup.ts names the folder and removes it.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { buildPackages } from '../../scripts/build/build-packages.ts';
import { packPackages, type Tarball } from '../../scripts/build/pack-packages.ts';
import { writeSmall } from '../harness/faults/small.ts';
import { root, type Ended } from '../run-node.ts';

export interface Installed {
  /** A project that has all tarballs as dependencies, TypeScript's declarations of Node, and a small model and data set. */
  readonly project: string;
  /** Each package as it was built. */
  readonly built: string;
  readonly tarballs: readonly Tarball[];
}

const usualFolder = process.env.CONVBOOK_TEST_PACKAGES ?? '';

/** The project, made where no test has made it. */
export async function installedPackages(): Promise<Installed> {
  const result = path.join(usualFolder, 'result.json');
  if (isFirst()) {
    const made = await make().catch((error: unknown) => ({ problem: String(error) }));
    writeFileSync(`${result}.tmp`, JSON.stringify(made));
    renameSync(`${result}.tmp`, result);
  }
  while (!existsSync(result)) await setTimeout(100);
  const made = JSON.parse(readFileSync(result, 'utf8')) as Installed | { problem: string };
  if ('problem' in made) throw new Error(made.problem);
  return made;
}

function isFirst(): boolean {
  mkdirSync(usualFolder, { recursive: true });
  try {
    mkdirSync(path.join(usualFolder, 'begun'));
    return true;
  } catch {
    return false;
  }
}

async function make(): Promise<Installed> {
  const [built, packed, project] = ['built', 'packed', 'project'].map((name) =>
    path.join(usualFolder, name),
  );
  for (const folder of [packed, project]) mkdirSync(folder);
  const packages = await buildPackages(root, ({ folder }) =>
    path.join(built, path.basename(folder)),
  );
  const tarballs = await packPackages(
    packages.map(({ folder }) => path.join(built, path.basename(folder))),
    packed,
  );
  await install(project, tarballs);
  writeSmall(project);
  return { project, built, tarballs };
}

async function install(project: string, tarballs: readonly Tarball[]): Promise<void> {
  const workspace = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const types = `@types/node@${workspace.devDependencies['@types/node']}`;
  const manifest = { name: 'project', private: true, type: 'module' };
  writeFileSync(path.join(project, 'package.json'), JSON.stringify(manifest));
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const words = ['install', ...flags, types, ...tarballs.map(({ file }) => file)];
  await promisify(execFile)('npm', words, { cwd: project, env: asTyped() });
}

/** The environment of a user's terminal: without what npm and pnpm tell the processes that they start. */
function asTyped(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|INIT_CWD$|NODE_PATH$)/i.test(name),
  );
  return Object.fromEntries(kept);
}

/** Runs a program in a folder to its end. */
export function runIn(
  cwd: string,
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const env = Object.assign(asTyped(), environment);
  return new Promise((resolve) => {
    execFile(program, words, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}
