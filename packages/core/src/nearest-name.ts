// The name that someone meant who wrote another: `epochs` for `epoch`, `size` for `imageSize`.

/** Names shorter than this are contained in too many others. */
const leastContained = 4;

/** The known name nearest to one that is unknown; null where none is near. */
export function nearestName(unknown: string, known: readonly string[]): string | null {
  // Longer than any name, and slow to compare.
  if (unknown.length > 40) return null;
  const written = unknown.toLowerCase();
  const measured = known.map((name) => ({
    name,
    edits: editsBetween(written, name.toLowerCase()),
  }));
  const [nearest] = measured.sort((a, b) => a.edits - b.edits);
  if (nearest !== undefined && nearest.edits <= unknown.length / 3) return nearest.name;
  return known.find((name) => isPartOf(name.toLowerCase(), written)) ?? null;
}

function isPartOf(name: string, written: string): boolean {
  const [shorter, longer] = name.length < written.length ? [name, written] : [written, name];
  return shorter.length >= leastContained && longer.includes(shorter);
}

/** Letters to insert, leave out or replace: the Levenshtein distance, a row at a time. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, k) => k);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let k = 1; k <= to.length; k++) {
      const replaced = row[k - 1] + (from[i - 1] === to[k - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[k] + 1, next[k - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
