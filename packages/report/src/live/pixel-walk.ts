// How far a walk over the positions of a map has come: plain numbers, without the page.

/** The length of a step of the walk. */
export type Pace = 'products' | 'pixels' | 'rows';

/** A walk over the positions of a map in reading order. */
export interface Walk {
  /** The position that is computed now. */
  readonly at: number;
  /** Positions that were computed; null: the whole map. */
  readonly visited: ReadonlySet<number> | null;
  /** Products of the position that are summed up; null: all. */
  readonly terms: number | null;
}

/** The places and products that a walk goes over. */
export interface Ground {
  readonly positions: number;
  /** Positions in a row. */
  readonly columns: number;
  /** Products of a position, 0 where there are none; and how many a step takes in. */
  readonly terms: number;
  readonly termsAtOnce: number;
}

/** The walk of a map that is all there. */
export function wholeWalk(at: number): Walk {
  return { at, visited: null, terms: null };
}

/** The walk at its first position, where nothing else was computed yet. */
export function firstStep(ground: Ground, pace: Pace): Walk {
  return arrive({ at: 0, visited: new Set(), terms: null }, 0, ground, pace);
}

/** The walk one step further; once every position was visited, it stands at the last, and the map is whole. */
export function forward(walk: Walk, ground: Ground, pace: Pace): Walk {
  const { at, visited, terms } = walk;
  if (pace === 'products' && terms !== null) {
    const more = terms + ground.termsAtOnce;
    return more < ground.terms ? { ...walk, terms: more } : { ...walk, terms: null };
  }
  if (visited === null) {
    const next = at + (pace === 'rows' ? ground.columns : 1);
    return next < ground.positions ? arrive(walk, next, ground, pace) : wholeWalk(at);
  }
  const next = nextUnvisited(visited, at, ground.positions);
  return next === null ? wholeWalk(at) : arrive(walk, next, ground, pace);
}

/** The walk one step back; the position that it leaves is no longer computed. */
export function back(walk: Walk, ground: Ground, pace: Pace): Walk {
  const { at, visited, terms } = walk;
  if (pace === 'products' && ground.terms > 0) {
    const all = terms ?? ground.terms;
    if (all > 0) return { ...walk, terms: Math.max(0, all - ground.termsAtOnce) };
  }
  if (visited === null) return wholeWalk(Math.max(0, at - (pace === 'rows' ? ground.columns : 1)));
  const to = Math.max(0, pace === 'rows' ? rowOf(at, ground) * ground.columns - 1 : at - 1);
  if (to === at) return walk;
  const left = new Set([...visited].filter((position) => position <= to || position > at));
  left.add(to);
  return { at: to, visited: left, terms: null };
}

/** The walk at a position that was chosen; it counts as computed. */
export function moveTo({ visited }: Walk, at: number): Walk {
  return { at, visited: visited && new Set(visited).add(at), terms: null };
}

/** Whether a position is drawn: one whose sum is still growing is not. */
export function isDrawn({ at, visited, terms }: Walk, position: number): boolean {
  if (position === at && terms !== null) return false;
  return visited?.has(position) ?? true;
}

function arrive(walk: Walk, at: number, ground: Ground, pace: Pace): Walk {
  const row = rowOf(at, ground) * ground.columns;
  const last = pace === 'rows' ? Math.min(ground.positions, row + ground.columns) - 1 : at;
  const visited = walk.visited && new Set(walk.visited);
  for (let position = at; position <= last; position++) visited?.add(position);
  const to = visited === null ? at : last;
  return { at: to, visited, terms: pace === 'products' && ground.terms > 0 ? 0 : null };
}

function rowOf(at: number, { columns }: Ground): number {
  return Math.floor(at / columns);
}

/** The next position that was not computed, from the first on after the last; null where there is none. */
function nextUnvisited(visited: ReadonlySet<number>, at: number, positions: number): number | null {
  for (let k = 1; k < positions; k++) {
    const position = (at + k) % positions;
    if (!visited.has(position)) return position;
  }
  return null;
}
