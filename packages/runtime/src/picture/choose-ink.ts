import {
  boxOf,
  isAtBorder,
  sidesOf,
  type Box,
  type InkMask,
  type Piece,
  piecesOf,
} from './ink-mask.ts';

/** Share of the largest piece below which a piece is a speck. */
const speck = 0.02;
/** Pieces this near belong together: a share of the larger side of what is already taken. */
const near = 0.25;

/** The mask without pieces around others: boxes of a form, and rings. */
export function removeFrames(mask: InkMask): InkMask {
  const all = piecesOf(mask);
  const bits = mask.bits.slice();
  for (const piece of all) {
    if (isFrame(piece, all, mask.width)) for (const place of piece.places) bits[place] = 0;
  }
  return { ...mask, bits };
}

/** The pieces that are the figure in a picture: no specks, no edge of the table. */
export function chooseInk(mask: InkMask): Piece | null {
  const all = piecesOf(mask).filter(({ places }) => places.length >= leastPixels(mask));
  const inner = all.filter((piece) => !isEdge(piece, mask));
  const isWorth = (piece: Piece) => isLarge(piece, mask) || !isAtBorder(piece.box, mask);
  const pieces = (inner.some((piece) => isLarge(piece, mask)) ? inner : all).filter(isWorth);
  if (pieces.length === 0) return null;
  return gather(pieces, mask.width);
}

function leastPixels({ width, height }: InkMask): number {
  return Math.max(2, Math.round((width * height) / 8000));
}

/** The largest piece with all that is near, and near these. */
function gather([largest, ...others]: readonly Piece[], width: number): Piece {
  let { places, box } = largest;
  let rest = others.filter((piece) => piece.places.length >= speck * largest.places.length);
  for (;;) {
    const sides = sidesOf(box);
    const room = near * Math.max(sides.width, sides.height);
    const joined = rest.filter((piece) => gapOf(piece.box, box) <= room);
    if (joined.length === 0) return { places, box };
    places = [places, ...joined.map((piece) => piece.places)].flat();
    box = boxOf(places, width);
    rest = rest.filter((piece) => !joined.includes(piece));
  }
}

function gapOf(a: Box, b: Box): number {
  const across = Math.max(a.left - b.right, b.left - a.right, 0);
  const down = Math.max(a.top - b.bottom, b.top - a.bottom, 0);
  return Math.max(across, down);
}

/** A piece around another: a box or a ring with something written in it. */
function isFrame({ box, places }: Piece, all: readonly Piece[], width: number): boolean {
  const { width: columns, height: rows } = sidesOf(box);
  const isInside = ({ box: other }: Piece) =>
    other.left > box.left &&
    other.right < box.right &&
    other.top > box.top &&
    other.bottom < box.bottom;
  const written = all.filter(
    (piece) => isInside(piece) && sidesOf(piece.box).height >= 0.25 * rows,
  );
  if (written.length === 0) return false;
  const isCore = (place: number) => {
    const [x, y] = [place % width, Math.floor(place / width)];
    return (
      Math.abs(2 * x - box.left - box.right) < 0.5 * columns &&
      Math.abs(2 * y - box.top - box.bottom) < 0.5 * rows
    );
  };
  return places.filter(isCore).length < 0.05 * places.length;
}

/** A piece along the picture's edge: the table, a shadow, the rim of a scan. */
function isEdge({ places, box }: Piece, { width, height }: InkMask): boolean {
  const touches = [
    box.left === 0,
    box.top === 0,
    box.right === width - 1,
    box.bottom === height - 1,
  ];
  if (!touches.includes(true)) return false;
  const onEdge = places.filter((place) => {
    const [x, y] = [place % width, Math.floor(place / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
  return onEdge.length >= 0.2 * Math.min(width, height) || touches.filter(Boolean).length > 1;
}

function isLarge({ box }: Piece, { height }: InkMask): boolean {
  return sidesOf(box).height >= 0.12 * height;
}
