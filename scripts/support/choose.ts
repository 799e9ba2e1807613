// From what was typed after --model and --data to a model and a data set.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '@convbook/core';
import { loadIdxFolder, loadMnist, type Dataset } from '@convbook/data';
import { presets, type ModelSpec } from '@convbook/layers';
import { typedIn } from './command.ts';

/** @throws ConfigurationError when it is neither a preset nor a file that exports a model. */
export async function chooseModel(name: string): Promise<ModelSpec> {
  if (Object.hasOwn(presets, name)) return presets[name];
  const file = resolve(typedIn, name);
  if (!/\.[cm]?[jt]s$/.test(name) || !existsSync(file)) {
    throw new ConfigurationError(
      `--model: expected ${Object.keys(presets).join(', ')} or a file such as ./my-model.ts, ` +
        `got ${JSON.stringify(name)}`,
    );
  }
  const module = (await import(pathToFileURL(file).href)) as { default?: ModelSpec };
  if (!Array.isArray(module.default?.input) || !Array.isArray(module.default.layers)) {
    throw new ConfigurationError(
      `--model ${name}: expected \`export default defineModel({ input, layers })\`, got something else`,
    );
  }
  return { name: name.replace(/^.*[/\\]|\.[cm]?[jt]s$/g, ''), ...module.default };
}

/** `mnist`, or a folder with the four IDX files. */
export function chooseData(name: string): Dataset {
  if (name === 'mnist') return loadMnist();
  const folder = resolve(typedIn, name);
  if (existsSync(folder)) return loadIdxFolder(folder);
  throw new ConfigurationError(
    `--data: expected mnist or a folder with IDX files, got ${JSON.stringify(name)}`,
  );
}
