// Compiles the AssemblyScript kernels on first use. A build is named by the SHA-256 of what made it
// (sources, compiler, flags), so an outdated one is never loaded.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache-folder.mjs';
import type { KernelBuild } from './kernels.ts';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const buildFolder = path.join(packageFolder, 'build');

const commonFlags = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--initialMemory',
  '1',
  '--enable',
  'simd',
  '--enable',
  'bulk-memory',
];

/** The constant WIDE of the sources: whether their tiles offer V8 neighbouring vectors to join. */
const narrow = ['--use', 'WIDE=0'];
const wide = ['--use', 'WIDE=1'];
const threads = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];

const flags: Record<KernelBuild, string[]> = {
  shared: [...commonFlags, ...threads, ...narrow],
  wide: [...commonFlags, ...threads, ...wide],
  plain: [...commonFlags, ...narrow],
  predict: [...commonFlags, ...narrow],
  peak: commonFlags,
};

const entries: Record<KernelBuild, string> = {
  shared: 'index.ts',
  wide: 'index.ts',
  plain: 'index.ts',
  predict: 'predict.ts',
  peak: 'gemm-peak.ts',
};

function sourceFiles(): string[] {
  const kernels = readdirSync(path.join(packageFolder, 'assembly')).filter((name) =>
    name.endsWith('.ts'),
  );
  return [
    ...kernels.sort().map((name) => path.join('assembly', name)),
    path.join('src', 'math.ts'),
  ];
}

const compilerFolder = path.dirname(
  createRequire(import.meta.url).resolve('assemblyscript/package.json'),
);

function compilerVersion(): string {
  const manifest = path.join(compilerFolder, 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function buildHash(build: KernelBuild): string {
  const hash = createHash('sha256');
  for (const file of sourceFiles()) {
    hash.update(`${file}\n`).update(readFileSync(path.join(packageFolder, file)));
  }
  return hash.update([compilerVersion(), entries[build], ...flags[build]].join('\n')).digest('hex');
}

/**
 * Path of the compiled kernels, compiling them first where no build of these sources exists.
 *
 * @throws Error with the compiler's messages when the sources do not compile.
 */
export async function kernelFile(build: KernelBuild): Promise<string> {
  const name = `${build}-${buildHash(build).slice(0, 16)}.wasm`;
  const installed = path.join(buildFolder, name);
  if (existsSync(installed)) return installed;
  const file = path.join(cacheFolder(buildFolder), name);
  if (!existsSync(file)) await compile(build, file);
  return file;
}

async function compile(build: KernelBuild, file: string): Promise<void> {
  // Written under a temporary name, then renamed: two processes may compile at once.
  const temporary = `${file}.${process.pid}.tmp`;
  const output = ['--outFile', path.relative(packageFolder, temporary)];
  // A separate process without a TypeScript loader, which would read the 10 MB compiler too.
  const compiler = path.join(compilerFolder, 'bin', 'asc.js');
  const environment = { ...process.env, NODE_OPTIONS: '' };
  try {
    await promisify(execFile)(
      process.execPath,
      [compiler, path.join('assembly', entries[build]), ...output, ...flags[build]],
      { cwd: packageFolder, env: environment },
    );
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new Error(
      `kernels: the AssemblyScript sources do not compile, got ${(cause as Error).message}`,
      { cause },
    );
  }
  renameSync(temporary, file);
  removeOutdated(build, file);
}

function removeOutdated(build: KernelBuild, current: string): void {
  const folder = path.dirname(current);
  for (const name of readdirSync(folder)) {
    const outdated = name.startsWith(`${build}-`) && name.endsWith('.wasm');
    if (outdated && path.join(folder, name) !== current) {
      rmSync(path.join(folder, name), { force: true });
    }
  }
}
