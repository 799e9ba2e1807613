import { resolveModel, type LayerSpec } from '@convbook/layers';
import { forward } from '@convbook/runtime/network';

/** An output of layers, `[channels, height, width]` or `[units]`. */
export interface Computed {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** What layers make of one input, by the kernels of this page. */
export interface Compute {
  /** The plain build of the kernels. */
  readonly module: WebAssembly.Module;
  /**
   * The output of some layers for one input.
   *
   * @param parameters Values by full name, such as `conv1.weight`; those left out are 0.
   */
  run(
    input: readonly number[],
    layers: readonly LayerSpec[],
    x: ArrayLike<number>,
    parameters?: Readonly<Record<string, ArrayLike<number>>>,
  ): Computed;
  /**
   * Data of the lesson by name.
   *
   * @throws Error where the figure does not name it in `Figure.data`.
   */
  data(name: string): Uint8Array;
}

/** @param data By name, what `Compute.data` gives. */
export function createCompute(
  module: WebAssembly.Module,
  data: ReadonlyMap<string, Uint8Array> = new Map(),
): Compute {
  return {
    module,
    run(input, layers, x, parameters = {}) {
      const model = resolveModel({ input: [...input], layers: [...layers] });
      const values = model.parameters.map(({ name, shape }) => {
        const size = shape.reduce((product, length) => product * length, 1);
        return [name, Float32Array.from(parameters[name] ?? new Float32Array(size))] as const;
      });
      const output = forward({ module, model, parameters: new Map(values) }, Float32Array.from(x));
      return { shape: model.output, values: Array.from(output) };
    },
    data(name) {
      const bytes = data.get(name);
      if (bytes) return bytes;
      throw new Error(`data ${name}: expected it to be there; name it in the data of the figure`);
    },
  };
}
