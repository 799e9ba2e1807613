import { expect, test } from 'vitest';
import { splitParameters } from './split-parameters.ts';
import { networkOf, variedModels } from './testing/index.ts';

test.each(Object.entries(variedModels))(
  'parameters of %s come back from their bytes',
  async (_, spec) => {
    const { model, parameters } = await networkOf(spec);
    const bytes = Buffer.concat([...parameters.values()].map(({ buffer }) => Buffer.from(buffer)));
    const { buffer } = Uint8Array.from(bytes);
    expect(splitParameters(model, buffer)).toEqual(parameters);
  },
);
