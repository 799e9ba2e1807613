// The values inside a model: what the layers with weights give, after their normalization and activation.
import { elementCount, type Shape } from '@convbook/core';
import type { ResolvedLayer } from '../calls/resolved.ts';
import { runCalls } from '../plan/link.ts';
import { kindOf } from '../registry.ts';
import { readSample, writeSample } from './copy-map.ts';
import type { EngineOptions } from './engine.ts';
import { EngineMemory, type ReadyPass } from './engine-memory.ts';
import type { ImageKind } from './image-kind.ts';
import { imageKinds } from './image-kinds.ts';

/** The parts that an observer computes with. */
export interface ObserverOptions extends EngineOptions {
  /** Samples computed together; their values of every layer are in memory at once. */
  readonly samples: number;
}

/** A layer whose values can be read. */
export interface ObservedLayer {
  readonly name: string;
  /** The shape of its output, without the batch. */
  readonly shape: Shape;
}

/** Computes samples and shows what the layers gave. */
export interface Observer {
  /** Convolutions, dense layers and residual blocks, those inside a block too, in the order of their names. */
  readonly layers: readonly ObservedLayer[];
  /** @param x `[samples, …input]`, as many samples as were planned or fewer. */
  run(x: Float32Array): void;
  /** Writes what a layer gave to a sample of the last run, `[…shape]`, from the start of `to`. */
  read(layer: number, sample: number, to: Float32Array): void;
}

/** Plans a model so that no pooling hides the map before it. The parameters are read once. */
export function createObserver({ module, model, parameters, samples }: ObserverOptions): Observer {
  const memory = new EngineMemory(module, model, parameters, unpooledKinds());
  const plan = memory.plan(samples);
  const observed = observedMaps(plan.passes);
  const inputSize = elementCount(model.input);
  return {
    layers: observed.map(({ layer: { name, outputShape } }) => ({ name, shape: outputShape })),
    run(x) {
      const count = x.length / inputSize;
      for (let n = 0; n < count; n++) writeSample(memory.floats, plan.input, n, x, n * inputSize);
      runCalls(plan.calls);
    },
    read(layer, sample, to) {
      readSample(memory.floats, observed[layer].map, sample, to, 0);
    },
  };
}

/** Kinds whose passes include the activation that follows and nothing else. */
function unpooledKinds(): Readonly<Record<string, ImageKind | null>> {
  const kinds = Object.entries(imageKinds).map(([name, kind]) => {
    const fuses = kind?.fuses?.filter((row) => row.every((own) => own === 'relu')) ?? [];
    return [name, kind && { ...kind, fuses }];
  });
  return Object.fromEntries(kinds) as Readonly<Record<string, ImageKind | null>>;
}

interface ObservedMap {
  readonly layer: ResolvedLayer;
  readonly map: ReadyPass['map'];
  /** Number of the pass that left it. */
  readonly pass: number;
  /** Whether its activation is in it. */
  readonly isDone: boolean;
}

/** The map of each observed layer: that of the normalization or activation where these follow. */
function observedMaps(passes: readonly ReadyPass[]): ObservedMap[] {
  const maps: ObservedMap[] = [];
  passes.forEach(({ layer, followedBy, source, map }, pass) => {
    const before = maps.at(-1);
    const isDone = [layer, ...followedBy].some(({ spec }) => kindOf(spec).isActivation);
    const joins = layer.spec.kind === 'batchNorm' || kindOf(layer.spec).isActivation;
    if (joins && before?.pass === source && !before.isDone) {
      maps[maps.length - 1] = { layer: before.layer, map, pass, isDone };
    } else if (isObserved(layer)) maps.push({ layer, map, pass, isDone });
  });
  return maps;
}

function isObserved({ spec: { kind } }: ResolvedLayer): boolean {
  return kind === 'conv2d' || kind === 'dense' || kind === 'residual';
}
