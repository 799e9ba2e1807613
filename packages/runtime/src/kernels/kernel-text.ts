/** The kernels as base64 of deflate-raw; `pnpm build` writes them here (`scripts/kernel-text.ts` has the text). */
export const kernelText: string = '';
