// What every row of an edited network comes to, up to the first that does not fit.
import { ConfigurationError, elementCount } from '@convbook/core';
import { resolveModel, summarize, type LayerSummary } from '@convbook/layers';
import { receptiveField, type ReceptiveField } from '@convbook/runtime/explain';
import { toModel, type Network } from './network.ts';

/** A row whose layer fits. */
export interface Measured extends LayerSummary {
  /** What one number of its output sees of the image; null where it sees all. */
  readonly field: ReceptiveField | null;
  /** Bytes of its output for one image, and of its parameters: four a number. */
  readonly outputBytes: number;
  readonly parameterBytes: number;
}

export interface MeasuredNetwork {
  readonly rows: readonly Measured[];
  /** Why the row after them does not fit; null where all do. */
  readonly error: string | null;
}

const bytesOfFloat = 4;

/** Measures as many rows from the first as fit. */
export function measure(network: Network): MeasuredNetwork {
  let error: string | null = null;
  for (let count = network.rows.length; count > 0; count--) {
    try {
      const rows = measureAll({ ...network, rows: network.rows.slice(0, count) });
      return { rows, error };
    } catch (thrown) {
      if (!(thrown instanceof ConfigurationError)) throw thrown;
      // Of shorter and shorter networks, the last that throws names the first layer that does not fit.
      error = thrown.message;
    }
  }
  return { rows: [], error };
}

function measureAll(network: Network): Measured[] {
  const model = toModel(network);
  const { layers } = resolveModel(model);
  return summarize(model).layers.map((layer) => {
    const at = layers.findIndex(({ name }) => name === layer.name);
    return {
      ...layer,
      field: receptiveField(layers.slice(0, at + 1)),
      outputBytes: elementCount(layer.outputShape) * bytesOfFloat,
      parameterBytes: layer.parameters * bytesOfFloat,
    };
  });
}

/** Sums over all rows. */
export function totals(rows: readonly Measured[]) {
  const total = (of: (row: Measured) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  return {
    parameters: total((row) => row.parameters),
    parametersWithoutBias: total((row) => row.parametersWithoutBias),
    multiplyAdds: total((row) => row.multiplyAdds),
    outputBytes: total((row) => row.outputBytes),
    parameterBytes: total((row) => row.parameterBytes),
  };
}
