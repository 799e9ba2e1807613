// The kernel calls from a model's input to its output, for a number of samples.
import { highest } from '@convbook/core';
import type { Allocator } from '../calls/allocator.ts';
import type { Call } from '../calls/call.ts';
import type { ConstantTables } from '../calls/constant-tables.ts';
import { toPasses, type Pass } from '../calls/passes.ts';
import type { AnySpec, ResolvedModel } from '../calls/resolved.ts';
import { asVector } from './flatten.ts';
import type { ImageContext, ImageKind, ImagePass } from './image-kind.ts';
import { noBorder, sizeOf, takeImages, takePlanes, type ImageMap } from './image-map.ts';
import type { StoredNumbers } from './stored-numbers.ts';

export interface ImagePlanOptions {
  readonly model: ResolvedModel;
  /** Values of every parameter by full name. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  /** How each kind of layer is computed. */
  readonly kinds: ImageKinds;
  readonly samples: number;
  readonly arena: Allocator;
  readonly tables: ConstantTables;
  readonly stored: StoredNumbers;
}

export interface ImagePlan {
  readonly input: ImageMap;
  readonly output: ImageMap;
  /** The output of each pass. */
  readonly passes: readonly PlannedPass[];
  readonly calls: readonly Call[];
}

/** A pass with its output. No later pass writes there. */
export interface PlannedPass extends Pass<ImageKind> {
  readonly output: ImageMap;
}

/** Null: the kind moves no data. */
export type ImageKinds = Readonly<Record<string, ImageKind | null>>;

type KindPass = Pass<ImageKind>;

export function planImages(options: ImagePlanOptions): ImagePlan {
  const { kinds, model } = options;
  const passes = toPasses(model.layers, ({ kind }: AnySpec) => kinds[kind]);
  const input = takeInput(options, passes);
  const outputs: ImageMap[] = [];
  const outputOf = (pass: number) => (pass < 0 ? input : outputs[pass]);
  const calls = passes.flatMap((pass) => {
    const { output, calls: own } = planPass(options, pass, outputOf);
    outputs.push(output);
    return own;
  });
  const planned = passes.map((pass, k) => ({ ...pass, output: outputs[k] }));
  return { input, output: outputs.at(-1) ?? input, passes: planned, calls };
}

function planPass(
  { parameters, ...memory }: ImagePlanOptions,
  { layer, followedBy, plan, source, block }: KindPass,
  outputOf: (pass: number) => ImageMap,
): ImagePass {
  const { samples, arena, tables, stored } = memory;
  const read = asVector(outputOf(source), { layer, samples, arena });
  const added =
    block && asVector(outputOf(block.convolution ?? block.source), { layer, samples, arena });
  const context: ImageContext = {
    layer,
    followedBy,
    input: read.map,
    shortcut: added && added.map,
    samples,
    arena,
    tables,
    stored,
    parameter: (shortName) => parameters.get(`${layer.name}.${shortName}`) ?? new Float32Array(),
  };
  const { output, calls } = plan.plan(context);
  return { output, calls: [...read.calls, ...(added?.calls ?? []), ...calls] };
}

/** As a user gives it where only convolutions and dense layers read it, with the zeros that they need around it. */
function takeInput(
  { model, samples, arena }: ImagePlanOptions,
  passes: readonly KindPass[],
): ImageMap {
  const readers = passes.filter(({ source, block }) => {
    return source < 0 || (block !== null && block.convolution === null && block.source < 0);
  });
  const size = sizeOf(model.input);
  const takesPlanes = readers.every(({ layer: { spec } }) => {
    return spec.kind === 'conv2d' || spec.kind === 'dense';
  });
  if (!takesPlanes) return takeImages(arena, size, samples);
  return takePlanes(arena, size, samples, widestPadding(readers));
}

function widestPadding(readers: readonly KindPass[]): ImageMap['border'] {
  const paddings = readers.map(({ layer: { window } }) => window?.padding ?? noBorder);
  return [
    highest([0, ...paddings.map(([rows]) => rows)]),
    highest([0, ...paddings.map(([, columns]) => columns)]),
  ];
}
