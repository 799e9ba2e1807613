// The keys of a focused chart.

/** The wish of a key: a stop, more or less of the axis, or the whole. */
export type Wish = { to: number } | { times: number } | 'whole' | null;

/** Share of the shown stops that a page is. */
const page = 0.1;

/**
 * Reads a key as a wish.
 *
 * @param at The stop where the crosshair is; null where there is none.
 * @param range First and last stop of the shown part.
 */
export function wishOf(
  key: string,
  at: number | null,
  [first, last]: readonly [number, number],
): Wish {
  const tenth = Math.max(1, Math.round((last - first) * page));
  const by = (steps: number) => ({ to: at === null ? (steps > 0 ? first : last) : at + steps });
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return by(1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return by(-1);
    case 'PageUp':
      return by(tenth);
    case 'PageDown':
      return by(-tenth);
    case 'Home':
      return { to: first };
    case 'End':
      return { to: last };
    case '+':
    case '=':
      return { times: 1 / 2 };
    case '-':
    case '_':
      return { times: 2 };
    case '0':
    case 'Escape':
      return 'whole';
    default:
      return null;
  }
}
