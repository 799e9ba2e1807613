// `#kernels` in a published package and in a bundle for pages: the kernels are in the module itself.
import { kernelText } from './kernel-text.ts';

/**
 * The kernels that prediction calls.
 *
 * @throws Error in a copy of the sources that `pnpm build` has not put them into.
 */
export async function loadKernels(): Promise<WebAssembly.Module> {
  if (kernelText === '') throw new Error('kernels: expected those of a build, got none; build it');
  const packed = Uint8Array.from(atob(kernelText), (character) => character.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return WebAssembly.compile(await new Response(unpacked).arrayBuffer());
}
