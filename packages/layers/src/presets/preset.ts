import { ConfigurationError, formatShape, type Shape } from '@convbook/core';
import { resolveModel, type ModelSpec } from '../model/model.ts';
import type { LayerSpec } from '../registry.ts';

/** A model by name that can be built for other images and classes than those it was made for. */
export interface Preset extends PresetData {
  readonly name: string;
  layers(classes: number): readonly LayerSpec[];
}

/** Shape of a sample, `[channels, height, width]`, and number of classes. */
export interface PresetData {
  readonly input: Shape;
  readonly classes: number;
}

/** The preset's layers for some data, by default those it was made for. */
export function buildPreset(preset: Preset, { input, classes }: PresetData = preset): ModelSpec {
  return { name: preset.name, input, layers: preset.layers(classes) };
}

/**
 * The preset for some data.
 *
 * @throws ConfigurationError where a map would vanish, naming the smallest images that would do.
 */
export function fitPreset(preset: Preset, data: PresetData): ModelSpec {
  const model = buildPreset(preset, data);
  const cause = refusalOf(model);
  if (cause === null) return model;
  const least = leastSize(preset, data);
  if (least === null) throw cause;
  throw new ConfigurationError(
    `preset ${preset.name}: expected images of at least ${formatShape(least)}, ` +
      `got ${formatShape(data.input.slice(1))}; take larger images, or another model`,
    { cause },
  );
}

function refusalOf(model: ModelSpec): ConfigurationError | null {
  try {
    resolveModel(model);
    return null;
  } catch (cause) {
    if (cause instanceof ConfigurationError) return cause;
    throw cause;
  }
}

/** The fewest rows and columns it can be built for; null where those are not the reason. */
function leastSize(preset: Preset, { input, classes }: PresetData): [number, number] | null {
  const [channels, ...size] = input;
  const [, ...enough] = preset.input;
  if (size.length !== 2 || enough.length !== 2) return null;
  const fits = (height: number, width: number) =>
    refusalOf(buildPreset(preset, { input: [channels, height, width], classes })) === null;
  if (!fits(enough[0], enough[1])) return null;
  const [height, width] = enough;
  const rows = leastOf(height, (side) => fits(side, width));
  const columns = leastOf(width, (side) => fits(height, side));
  const isSmaller = size[0] < rows || size[1] < columns;
  return isSmaller ? [rows, columns] : null;
}

function leastOf(most: number, fits: (side: number) => boolean): number {
  for (let side = 1; side < most; side++) if (fits(side)) return side;
  return most;
}
