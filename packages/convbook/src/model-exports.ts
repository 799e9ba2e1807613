// Evaluates a model file. Node 20 does not read TypeScript, and later versions only where nothing has to be
// translated, so jiti does it for all: it has no dependencies, and translates what is not JavaScript.
import { createJiti } from 'jiti';

/** The exports of a model file, an ES module or CommonJS. */
export interface ModelExports {
  readonly default?: unknown;
}

/** The file's code runs here, once, with the rights of the user. */
export async function modelExports(file: string): Promise<ModelExports> {
  const { import: evaluate } = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
  });
  return evaluate<ModelExports>(file);
}
