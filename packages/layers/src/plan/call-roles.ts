// Which layer a call belongs to, and in which direction: worked out from what it writes, so that
// planning a layer need not say it.
import type { KernelName } from '@convbook/core';
import { outputOf, type Call, type CallRole } from './call.ts';
import type { GradientItem } from './gradient-item.ts';
import type { BatchSum, GroupPlan } from './group-plan.ts';
import { layerOf } from './parameter-layout.ts';
import type { Place } from './place.ts';

type Direction = CallRole['direction'];

const wholeBatchKernels: readonly KernelName[] = [
  'convolveWholeGradient',
  'denseWeightGradient',
  'winogradWeightGradient',
  'winogradWeightProducts',
  'wholeBiasGradient',
];

/** A call of the way from bytes to loss that no layer makes. */
export function withRole(call: Call, layer: string): Call {
  return { ...call, role: { layer, direction: 'forward' } };
}

/** The calls of a group of layers with their roles; its input's gradient has so many bytes. */
export function withRoles(
  { forward, backward, prepare, sums }: GroupPlan,
  layer: string,
  inputGradient: Place | null,
  bytes: number,
): GroupPlan {
  const known = backward.map(
    (call) => call.role?.direction ?? directionOf(call, inputGradient, bytes),
  );
  const all = (calls: readonly Call[], direction: Direction): Call[] =>
    calls.map((call) => ({ ...call, role: { layer, direction } }));
  const inSum = ({ shard, batch }: BatchSum, direction: Direction): BatchSum => ({
    shard: all(shard, direction),
    batch: all(batch, direction),
  });
  return {
    forward: all(forward, 'forward'),
    ...(prepare && { prepare: all(prepare, 'forward') }),
    backward: backward.map((call, i) => ({
      ...call,
      role: { layer, direction: nearest(known, i) },
    })),
    ...(sums && {
      sums: {
        forward: inSum(sums.forward, 'forward'),
        backward: inSum(sums.backward, 'weight gradient'),
      },
    }),
  };
}

/** The calls that end a parameter's gradient, with the role of its layer. */
export function withGradientRoles(item: GradientItem): GradientItem {
  const layer = layerOf(item.parameter);
  const directionOfKernel = (kernel: KernelName): Direction =>
    wholeBatchKernels.includes(kernel) ? 'weight gradient' : 'sum';
  const calls = item.calls.map((call) => ({
    ...call,
    role: { layer, direction: directionOfKernel(call.kernel) },
  }));
  return { ...item, calls };
}

function directionOf(call: Call, inputGradient: Place | null, bytes: number): Direction | null {
  const output = outputOf(call);
  if (output === null) return null;
  if (output.region === 'gradients') return 'weight gradient';
  if (output.region !== inputGradient?.region) return null;
  const from = output.offset - inputGradient.offset;
  return from >= 0 && from < bytes ? 'input gradient' : null;
}

// A call that prepares, such as one that pads, belongs to the next whose direction is known.
function nearest(known: readonly (Direction | null)[], at: number): Direction {
  const next = known.slice(at).find((direction) => direction !== null);
  return next ?? known.findLast((direction) => direction !== null) ?? 'input gradient';
}
