// In the published package: the file as it was built.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type * as inWorkspace from './workspace.ts';

export const runtimeModule: typeof inWorkspace.runtimeModule = () =>
  readFile(createRequire(import.meta.url).resolve('@convbook/runtime/browser'), 'utf8');
