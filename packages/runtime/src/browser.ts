// `@convbook/runtime/browser`: the same in one file without imports, for a page without a bundler. `pnpm build` puts that
// file in the place of this one's JavaScript.
export * from './index.ts';
