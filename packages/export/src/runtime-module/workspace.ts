import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { bundleModule } from '@convbook/page';
import { kernelTextModule } from '@convbook/runtime/build';

/** `@convbook/runtime/browser` as one file: an ES module without imports, the kernels in it. */
export async function runtimeModule(): Promise<string> {
  const entry = pathToFileURL(createRequire(import.meta.url).resolve('@convbook/runtime/browser'));
  return bundleModule(entry, { 'runtime/src/kernels/kernel-text.ts': await kernelTextModule() });
}
