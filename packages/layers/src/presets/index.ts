import type { ModelSpec } from '../model.ts';
import { simpleConvnet } from './simple-convnet.ts';

/** Models by name, for `--model NAME`. */
export const presets: Readonly<Record<string, ModelSpec>> = {
  'simple-convnet': simpleConvnet,
};
