// Times predictions as a user makes them: `loadModel` of the runtime, on the calling thread.
import { readFile } from 'node:fs/promises';
import { elementCount, encodeSafetensors, uniform } from '@convbook/core';
import { kernelFile } from '@convbook/core/node';
import { initializeParameters, resolveModel, type ModelSpec } from '@convbook/layers';
import { loadModel, type LoadedModel } from '@convbook/runtime';
import { spreadOf } from './spread.ts';

/** How long predictions took. */
export interface PredictionTime {
  readonly model: string;
  /** Images of a call. */
  readonly images: number;
  /** Median of the calls. */
  readonly millisecondsPerCall: number;
  /** Mean CPU time of a call, which other processes disturb less. */
  readonly cpuMillisecondsPerCall: number;
  /** From the files of kernels and model to the first answer. */
  readonly loadMilliseconds: number;
  /** The Node that predicted, as in `process.version`. */
  readonly node: string;
}

/** Predicts images of noise by initial parameters for `seconds`, after as long a warm-up. */
export async function timePredictions(
  spec: ModelSpec,
  images: number,
  seconds: number,
): Promise<PredictionTime> {
  const { input, name: model } = resolveModel(spec);
  const [files, kernels] = [filesOf(spec), await kernelFile('predict')];
  const given = Array.from({ length: images }, (_, n) => noise(n, elementCount(input)));
  const startedAt = performance.now();
  const call = callOf(await load(files, kernels), given);
  call();
  const loadMilliseconds = performance.now() - startedAt;
  timeCalls(call, seconds);
  const before = process.cpuUsage();
  const times = timeCalls(call, seconds);
  const { user, system } = process.cpuUsage(before);
  return {
    model,
    images,
    millisecondsPerCall: spreadOf(times).median,
    cpuMillisecondsPerCall: (user + system) / 1000 / times.length,
    loadMilliseconds,
    node: process.version,
  };
}

/** A model file and its description as an export has them. */
function filesOf(spec: ModelSpec) {
  const { parameters, input, output } = resolveModel(spec);
  const values = initializeParameters(resolveModel(spec), 1);
  const tensors = parameters.map(({ name, shape }) => {
    const data = values.get(name) ?? new Float32Array();
    return [name, { dtype: 'F32', shape, data }] as const;
  });
  const model = {
    format: 'convbook-model',
    version: 1,
    model: spec,
    classNames: Array.from({ length: elementCount(output) }, (_, k) => `${k}`),
    imageShape: input,
    pictures: { fit: 'whole', orientation: 'upright', ground: null },
  };
  return { weights: encodeSafetensors(new Map(tensors)), model };
}

async function load(files: ReturnType<typeof filesOf>, kernels: string): Promise<LoadedModel> {
  return loadModel({ ...files, kernels: await WebAssembly.compile(await readFile(kernels)) });
}

function callOf(model: LoadedModel, given: readonly Uint8Array[]): () => unknown {
  return given.length === 1 ? () => model.predict(given[0]) : () => model.predictBatch(given);
}

function noise(image: number, length: number): Uint8Array {
  return Uint8Array.from(uniform(1, `image ${image}`, new Float64Array(length), 0, 256));
}

/** Milliseconds of each call; at least one. */
function timeCalls(call: () => unknown, seconds: number): number[] {
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  do {
    const startedAt = performance.now();
    call();
    times.push(performance.now() - startedAt);
  } while (performance.now() < end);
  return times;
}
