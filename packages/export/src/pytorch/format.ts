import type { ExportFormat } from '../export-format.ts';
import { modelFile } from './model-file.ts';
import { weightsFile } from './weights-file.ts';

/** PyTorch: a readable model.py and the weights that it loads. */
export const pytorchFormat: ExportFormat = {
  help: 'a folder with model.py and model.safetensors for PyTorch',
  usualName: 'pytorch',
  isPage: false,
  files: (trained, options) =>
    Promise.resolve([
      { path: 'model.py', bytes: new TextEncoder().encode(modelFile(trained, options)) },
      { path: 'model.safetensors', bytes: weightsFile(trained) },
    ]),
};
