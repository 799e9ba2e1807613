// Gradients made from sections of a batch: against plain loops in float64, against a tree of single
// sections in float32, and against ranks that each have some of them.
import { elementCount } from '@convbook/core';
import { loadKernelModule } from '@convbook/core/node';
import { assertClose } from '@convbook/core/testing';
import { describe, expect, test } from 'vitest';
import { relu } from '../activations/relu.ts';
import { startsOf } from '../calls/starts-of.ts';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { freezeLayers } from '../model/freeze.ts';
import { resolveModel } from '../model/model.ts';
import { keepBatch, type KeptBatch, type KeptBatchInput } from '../testing/kept-batch.ts';
import { runReference } from '../testing/reference-model.ts';
import { addTo, slotsOf, treeOf } from '../testing/section-slots.ts';
import { normals, valuesOf } from '../testing/values.ts';
import { additionsOf, nodesOf, type TreeNode } from './tree-nodes.ts';

const build = 'shared';
const module = await loadKernelModule(build);

/** A layer of each kind that makes its gradient from the whole batch, and the kernel that does. */
const kinds = [
  {
    kernel: 'denseWeightGradient',
    model: resolveModel({
      input: [37],
      layers: [dense({ units: 18 }), relu(), dense({ units: 3 })],
    }),
  },
  {
    kernel: 'convolveWeightGradient',
    model: resolveModel({ input: [40, 2, 3], layers: [conv2d({ filters: 33, kernelSize: 2 })] }),
  },
  {
    kernel: 'clear',
    model: resolveModel({
      input: [8, 1, 1],
      layers: [conv2d({ filters: 9, kernelSize: 3, padding: 1 }), flatten(), dense({ units: 1 })],
    }),
  },
  {
    kernel: 'winogradWeightGradient',
    model: resolveModel({ input: [48, 4, 5], layers: [conv2d({ filters: 49, kernelSize: 3 })] }),
  },
  {
    kernel: 'bilinearWeightGradient',
    model: resolveModel({
      input: [32, 2, 2],
      layers: [conv2d({ filters: 33, kernelSize: 3, padding: 1, bias: false })],
    }),
  },
];

type Model = (typeof kinds)[number]['model'];

function inputOf(model: Model, batchSize: number, shardSize: number): KeptBatchInput {
  return {
    module,
    build,
    model,
    parameters: valuesOf(model, normals),
    x: normals('x', batchSize * elementCount(model.input)),
    dY: normals('dY', batchSize * elementCount(model.output)),
    batchSize,
    shardSize,
  };
}

/** The bits of every gradient, and the squares of each item. */
function outcomeOf(batch: KeptBatch) {
  const squares = batch.runGradientItems();
  return { squares, gradients: bitsOf(batch.gradients()) };
}

function bitsOf(values: ReadonlyMap<string, Float32Array>): Map<string, Int32Array> {
  return new Map([...values].map(([name, { buffer }]) => [name, new Int32Array(buffer)]));
}

function checkByReference(input: KeptBatchInput): void {
  const batch = keepBatch(input);
  batch.runGradientItems();
  const want = runReference(input).gradients;
  for (const [name, gradient] of batch.gradients()) {
    const sums = gradient.map((value) => value * input.batchSize);
    assertClose(sums, want.get(name) ?? [], { rtol: 2e-4, atol: 2e-3 }, name);
  }
}

const singles = (count: number): TreeNode[] =>
  Array.from({ length: count }, (_, first) => ({ first, count: 1 }));

describe.each(kinds)('the gradients that $kernel makes', ({ kernel, model }) => {
  test('of at most 128 samples are one call for each part, which divides', () => {
    const { plan } = keepBatch(inputOf(model, 128, 32));
    expect(plan.sections).toHaveLength(1);
    const kernels = plan.gradientItems.flatMap(({ calls }) => calls.map((call) => call.kernel));
    expect(kernels).toContain(kernel);
    expect(kernels).not.toContain('addRows');
    expect(kernels).not.toContain('divideRows');
  });

  test('of 300 samples are those of plain loops in float64', () => {
    checkByReference(inputOf(model, 300, 24));
  });

  test.each([
    { batchSize: 256, shardSize: 32, sections: 2 },
    { batchSize: 300, shardSize: 8, sections: 3 },
    { batchSize: 512, shardSize: 32, sections: 4 },
    { batchSize: 1000, shardSize: 32, sections: 8 },
    { batchSize: 600, shardSize: 8, sections: 5 },
  ])(
    'of $batchSize samples are the tree of $sections sections, to the bit',
    ({ batchSize, shardSize, sections }) => {
      const input = inputOf(model, batchSize, shardSize);
      const batch = keepBatch(input);
      expect(batch.plan.sections).toHaveLength(sections);
      batch.runGradientItems();
      const slots = slotsOf(keepBatch({ ...input, sectionNodes: singles(sections) }));
      const want = treeOf(slots).map((sum) => Math.fround(sum / batchSize));
      for (const { name, offset, count } of batch.layout.parameters) {
        const gradient = batch.gradients().get(name);
        expect(gradient).toEqual(want.slice(offset / 4, offset / 4 + count));
      }
    },
  );

  test('of one section are those of a batch of its samples', () => {
    const input = inputOf(model, 300, 8);
    const batch = keepBatch({ ...input, sectionNodes: singles(3) });
    const slots = slotsOf(batch);
    batch.plan.sections.forEach(({ first, count }, s) => {
      const part = (values: Float32Array) => {
        const size = values.length / 300;
        return values.slice(first * size, (first + count) * size);
      };
      const own = { ...input, x: part(input.x), dY: part(input.dY), batchSize: count };
      const alone = keepBatch({ ...own, shardSize: 40 });
      alone.runGradientItems();
      for (const { name, offset, count: floats } of batch.layout.parameters) {
        const sums = slots[s].slice(offset / 4, offset / 4 + floats);
        const want = sums.map((sum) => Math.fround(sum / count));
        expect(alone.gradients().get(name)).toEqual(want);
      }
    });
  });

  test.each([2, 3, 5])('are the same made by %i ranks, with penalties', (ranks) => {
    const penalties = { l1: 0.01, l2: 0.5 };
    const input = { ...inputOf(model, 600, 8), penalties };
    const alone = keepBatch(input);
    const want = outcomeOf(alone);
    const sections = alone.plan.sections.length;
    const starts = startsOf(sections, ranks);
    const nodesOfRank = starts.slice(1).map((end, rank) => nodesOf(starts[rank], end, sections));
    const batches = nodesOfRank.map((sectionNodes) => keepBatch({ ...input, sectionNodes }));
    const sums = batches.flatMap(slotsOf);
    for (const { to, from } of additionsOf(nodesOfRank.flat(), sections))
      addTo(sums[to], sums[from]);
    for (const batch of batches) {
      expect(batch.plan.wholeBatchItems).toBe(0);
      batch.floatsAt({ region: 'gradients', offset: 0 }, sums[0].length).set(sums[0]);
      expect(outcomeOf(batch)).toEqual(want);
    }
  });
});

test.each([256, 512, 1000])(
  'a dense gradient of %i samples is that of plain loops',
  (batchSize) => {
    checkByReference(inputOf(kinds[0].model, batchSize, 32));
  },
);

test('a frozen layer keeps no rows and has no sums', () => {
  const model = freezeLayers(kinds[0].model, ['dense1']);
  const batch = keepBatch({ ...inputOf(model, 300, 8), sectionNodes: singles(3) });
  const items = batch.plan.sectionSums?.items ?? [];
  expect(new Set(items.map(({ parameter }) => parameter))).toEqual(
    new Set(['dense2.weight', 'dense2.bias']),
  );
  const nothing = freezeLayers(
    resolveModel({
      input: [1, 4, 4],
      layers: [conv2d({ filters: 2, kernelSize: 3 }), flatten(), dense({ units: 3 })],
    }),
    ['dense1'],
  );
  const plan = keepBatch({ ...inputOf(nothing, 300, 8), sectionNodes: singles(3) }).plan;
  expect(plan.sectionSums).toBeNull();
});
