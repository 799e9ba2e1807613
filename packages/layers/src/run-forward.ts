import { elementCount, highest } from '@convbook/core';
import { createKernels, createMemory } from '@convbook/core/kernels';
import { fromLanes, toLanes } from './calls/lanes.ts';
import { ConstantTables } from './calls/constant-tables.ts';
import { alignUp, type Place } from './calls/place.ts';
import type { ResolvedModel } from './calls/resolved.ts';
import { cutIntoShards, type Shard } from './calls/shards.ts';
import { planForward, type ForwardPlan } from './plan/forward-plan.ts';
import { addressOf, linkCalls, runCalls, type LinkedCall } from './plan/link.ts';
import { basesOf, mapMemory } from './plan/memory-map.ts';

/** A batch and the model that it goes through. */
export interface RunForwardInput {
  /** The plain build of the kernels, or the part of it that prediction calls. */
  readonly module: WebAssembly.Module;
  readonly model: ResolvedModel;
  /** Values of every parameter by full name. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** `[batch, …model.input]`. */
  readonly x: Float32Array;
  /** Samples computed together at most. */
  readonly shardSize: number;
}

/** The outputs of a batch as evaluation computes them, `[batch, …model.output]`. */
export function runForward({ module, model, parameters, x, shardSize }: RunForwardInput) {
  const [inputs, outputs] = [elementCount(model.input), elementCount(model.output)];
  const batchSize = x.length / inputs;
  const tables = new ConstantTables();
  const { places, storedBytes } = placeParameters(model);
  const shards = planShards(model, cutIntoShards(batchSize, shardSize), tables, places);
  const map = mapMemory({
    layout: { storedBytes, sizeBytes: 0, shardedBytes: 0 },
    shards: 1,
    stateCount: 0,
    arenas: 1,
    constantBytes: tables.words.byteLength,
    batchBytes: 0,
    arenaBytes: highest(shards.map(({ plan }) => plan.arenaBytes)),
  });
  const memory = createMemory('plain', map.sizeBytes);
  const bases = basesOf(map, 0);
  const floatsAt = (place: Place, count: number) =>
    new Float32Array(memory.buffer, addressOf(place, bases), count);
  new Int32Array(memory.buffer, bases.constants).set(tables.words);
  for (const [name, place] of places) {
    const values = parameters.get(name) ?? new Float32Array();
    floatsAt(place, values.length).set(values);
  }
  const kernels = createKernels(module, memory);
  const linked = new Map<ForwardPlan, LinkedCall[]>();
  const y = new Float32Array(batchSize * outputs);
  for (const { shard, plan } of shards) {
    const { first, count, lanes } = shard;
    const own = x.subarray(first * inputs, (first + count) * inputs);
    toLanes(own, count, lanes, floatsAt(plan.input, inputs * lanes));
    const calls = linked.get(plan) ?? linkCalls(plan.calls, kernels, bases);
    linked.set(plan, calls);
    runCalls(calls);
    y.set(fromLanes(floatsAt(plan.output, outputs * lanes), count, lanes), first * outputs);
  }
  return y;
}

/** Calls depend on these numbers alone: shards of one size share a plan. */
function planShards(
  model: ResolvedModel,
  shards: readonly Shard[],
  tables: ConstantTables,
  places: ReadonlyMap<string, Place>,
) {
  const bySize = new Map<string, ForwardPlan>();
  const parameter = (name: string) => {
    const place = places.get(name);
    if (place === undefined) throw new Error(`forward: no parameter named ${name}`);
    return place;
  };
  return shards.map((shard) => {
    const size = `${shard.count} ${shard.lanes}`;
    const plan = bySize.get(size) ?? planForward(model, { shard, tables, parameter });
    bySize.set(size, plan);
    return { shard, plan };
  });
}

/** Parameters one after another. */
function placeParameters({ parameters }: ResolvedModel) {
  let storedBytes = 0;
  const places = new Map<string, Place>();
  for (const { name, shape } of parameters) {
    places.set(name, { region: 'parameters', offset: storedBytes });
    storedBytes = alignUp(storedBytes + elementCount(shape) * 4);
  }
  return { places, storedBytes };
}
