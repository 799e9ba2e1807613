/** The kernels as base64 of deflate-raw; `pnpm build` writes them here (`src/build.ts` makes the text). */
export const kernelText: string = '';
