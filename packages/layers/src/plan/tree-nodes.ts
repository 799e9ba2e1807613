// The tree of sums by index, cut where ranks meet. A rank that owns neighbouring leaves sums whole nodes of
// the tree; these are all that others need of it, and the sum of all nodes has the bits of the whole tree.

/** The leaves under a node: a power of two of them, but for the last node of an uneven tree. */
export interface TreeNode {
  readonly first: number;
  readonly count: number;
}

/** The fewest nodes of the tree over `leaves` that make up the leaves from `from` to `to`. */
export function nodesOf(from: number, to: number, leaves: number): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let first = from; first < to;) {
    // At the right edge an odd node is carried up, so a node may lack leaves there.
    const fits = (size: number) =>
      first % size === 0 && (first + size <= to || (to === leaves && first < to));
    let size = 1;
    while (size < leaves && fits(2 * size)) size *= 2;
    nodes.push({ first, count: Math.min(size, to - first) });
    first += size;
  }
  return nodes;
}

/** One addition of nodes by their place in a list: `to` becomes `to + from`. */
export interface NodeAddition {
  readonly to: number;
  readonly from: number;
}

/** The additions, in this order, that make the first of the nodes, which are of all leaves, the whole sum. */
export function additionsOf(nodes: readonly TreeNode[], leaves: number): NodeAddition[] {
  const at = new Map(nodes.map(({ first }, i) => [first, i]));
  const additions: NodeAddition[] = [];
  for (let step = 1; step < leaves; step *= 2) {
    for (let first = 0; first + step < leaves; first += 2 * step) {
      const [to, from] = [at.get(first), at.get(first + step)];
      // Where one is missing, it is in a node below already.
      if (to !== undefined && from !== undefined) additions.push({ to, from });
    }
  }
  return additions;
}
