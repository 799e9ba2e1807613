// The memory of an engine: the numbers made from the parameters, then tables and maps of each plan.
import {
  addressAfter,
  createKernels,
  createMemory,
  toAddress,
  type Address,
  type Kernels,
} from '@convbook/core/kernels';
import { Allocator } from '../calls/allocator.ts';
import { ConstantTables } from '../calls/constant-tables.ts';
import { alignment, alignUp } from '../calls/place.ts';
import type { Pass } from '../calls/passes.ts';
import type { ResolvedModel } from '../calls/resolved.ts';
import { addressOf, linkCalls, type LinkedCall } from '../plan/link.ts';
import { inFloats, type MapInFloats } from './copy-map.ts';
import type { ImageKind } from './image-kind.ts';
import { imageKinds } from './image-kinds.ts';
import { planImages, type ImageKinds } from './plan-images.ts';
import { StoredNumbers } from './stored-numbers.ts';

/** A plan with its addresses. */
export interface ReadyPlan {
  readonly samples: number;
  readonly input: MapInFloats;
  readonly output: MapInFloats;
  /** The output of each pass. */
  readonly passes: readonly ReadyPass[];
  readonly calls: readonly LinkedCall[];
}

/** A pass with the place of its output. */
export interface ReadyPass extends Omit<Pass<ImageKind>, 'plan'> {
  readonly map: MapInFloats;
}

// The first cache line stays zero, as kernels expect.
const storedStart = toAddress(alignment);

export class EngineMemory {
  readonly #memory = createMemory('plain', alignment);
  readonly #stored = new StoredNumbers();
  readonly #kernels: Kernels;
  readonly #model: ResolvedModel;
  readonly #parameters: ReadonlyMap<string, Float32Array>;
  readonly #kinds: ImageKinds;
  /** The first byte that no plan has taken; null before the first one. */
  #top: Address | null = null;
  #floats = new Float32Array(this.#memory.buffer);

  constructor(
    module: WebAssembly.Module,
    model: ResolvedModel,
    parameters: ReadonlyMap<string, Float32Array>,
    kinds: ImageKinds = imageKinds,
  ) {
    this.#kernels = createKernels(module, this.#memory);
    this.#model = model;
    this.#parameters = parameters;
    this.#kinds = kinds;
  }

  /** The whole memory; another array after each new plan. */
  get floats(): Float32Array {
    return this.#floats;
  }

  /** Plans for `samples` at once. The first plan writes the numbers that all share. */
  plan(samples: number): ReadyPlan {
    const [arena, tables, stored] = [new Allocator('arena'), new ConstantTables(), this.#stored];
    const options = { model: this.#model, parameters: this.#parameters, kinds: this.#kinds };
    const plan = planImages({ ...options, samples, arena, tables, stored });
    const { input, output, passes, calls } = plan;
    const { words } = tables;
    const constants = this.#top ?? addressAfter(storedStart, stored.sizeBytes);
    const start = addressAfter(constants, alignUp(words.byteLength));
    const isFirst = this.#top === null;
    this.#top = addressAfter(start, alignUp(arena.sizeBytes));
    this.#grow(this.#top);
    if (isFirst) stored.write(this.#memory.buffer, storedStart);
    new Int32Array(this.#memory.buffer).set(words, constants / 4);
    const none = toAddress(0);
    const bases = {
      constants,
      parameters: storedStart,
      gradients: none,
      batch: none,
      exchange: none,
      arena: start,
    };
    return {
      samples,
      input: inFloats(input, addressOf(input.place, bases)),
      output: inFloats(output, addressOf(output.place, bases)),
      passes: passes.map(({ output: own, ...pass }) => ({
        ...pass,
        map: inFloats(own, addressOf(own.place, bases)),
      })),
      calls: linkCalls(calls, this.#kernels, bases),
    };
  }

  #grow(sizeBytes: number): void {
    const missing = sizeBytes - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / 65536));
    this.#floats = new Float32Array(this.#memory.buffer);
  }
}
