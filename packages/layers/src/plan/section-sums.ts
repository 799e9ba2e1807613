// A rank's part of the gradients made from the whole batch, where ranks share the sections out: it sums the nodes
// of the tree that it has all sections of. The gradient is the sum of all ranks' nodes.
import type { Allocator } from '../calls/allocator.ts';
import type { GradientItem, GradientPart } from '../calls/gradient-item.ts';
import type { Place } from '../calls/place.ts';
import type { WholeBatchLayer } from './gradient-items.ts';
import { inRole } from './roles.ts';
import { sumSections } from './section-tree.ts';
import type { TreeNode } from './tree-nodes.ts';

/** The sums that a rank makes of its own sections. */
export interface SectionSums {
  /** The nodes of the tree over the sections of the batch, in order. */
  readonly nodes: readonly TreeNode[];
  /**
   * Slot n, from `slots` + n · `slotBytes` on, comes to hold the sum of node n, not divided: every gradient that is
   * made from the whole batch, where it lies from the start of the gradients.
   */
  readonly slots: Place;
  readonly slotBytes: number;
  /** Each makes a part of a slot, from the rows that shards keep. */
  readonly items: readonly GradientItem[];
}

/** Takes the slots from `memory`, and what the items need from `arena`. */
export function planSectionSums(
  layers: readonly WholeBatchLayer[],
  nodes: readonly TreeNode[],
  slotBytes: number,
  memory: Allocator,
  arena: Allocator,
): SectionSums {
  const slots = memory.take(nodes.length * slotBytes);
  const items = nodes.flatMap(({ first, count }, n) =>
    layers.flatMap(({ name, parts, sections }) =>
      parts.map((part): GradientItem => {
        const gradient = inSlot(part.gradient, slots, n * slotBytes);
        const calls = sumSections(part, sections.slice(first, first + count), gradient, arena);
        const parameter = `${name}.${part.parameter}`;
        return { parameter, gradient, calls: inRole(calls, name, 'weight gradient') };
      }),
    ),
  );
  return { nodes, slots, slotBytes, items };
}

function inSlot({ place, ...rows }: GradientPart, { region, offset }: Place, start: number) {
  return { ...rows, place: { region, offset: offset + start + place.offset } };
}
