import { loadKernels } from '#kernels';
import { checkFiles, loadNetwork, type ModelFiles } from './load/load-network.ts';
import { createModel, type LoadedModel } from './loaded-model.ts';

/** The files of a trained model, and what they are computed with. */
export interface LoadOptions extends ModelFiles {
  /** The kernels' module; default the package's own. */
  readonly kernels?: WebAssembly.Module | undefined;
}

let kernels: Promise<WebAssembly.Module> | undefined;

/**
 * Loads a trained model from the files of an export, or of a run: `model.safetensors`, and `model.json` or `run.json`. Each is
 * given as bytes, or as a URL that is fetched; the second also parsed.
 *
 * @throws ModelFileError when a file is missing, damaged, of another version, or does not fit the other.
 * @throws ConfigurationError when an option has another type.
 */
export async function loadModel(options: LoadOptions): Promise<LoadedModel> {
  checkFiles(options);
  const module = options.kernels ? Promise.resolve(options.kernels) : (kernels ??= loadKernels());
  return createModel(await loadNetwork(options, module));
}
