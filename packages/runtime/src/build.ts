// `@convbook/runtime/build`, in the workspace alone: what `pnpm build` puts in the place of files of this package.
import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { kernelFile } from '@convbook/core/node';

/** The content of `kernels/kernel-text.js` with the kernels in it: JavaScript, and TypeScript too. */
export async function kernelTextModule(): Promise<string> {
  const kernels = await readFile(await kernelFile('predict'));
  const text = deflateRawSync(kernels, { level: 9 }).toString('base64');
  return `export const kernelText = '${text}';\n`;
}
