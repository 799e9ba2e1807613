import { execFileSync, spawnSync } from 'node:child_process';

const candidates = ['python3', '/usr/bin/python3', '/usr/local/bin/python3'];

/** A Python with PyTorch; null where there is none. */
export const python =
  candidates.find((name) => spawnSync(name, ['-c', 'import torch']).status === 0) ?? null;

/** Runs a program in Python with arguments; what it wrote. */
export function runPython(program: string, ...given: readonly string[]): string {
  return execFileSync(python ?? 'python3', ['-c', program, ...given], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
