// Ruled and squared paper, margin lines, and boxes of a form drawn from edge to edge: a rule is straight,
// thin, nearly level or upright, and longer than what is written, on both sides.
import { piecesOf, type InkMask } from './ink-mask.ts';

/** Share of the picture's side where a rule is seen alone; and where it may be missing, faint or at an end. */
const [seenAlone, missing] = [0.4, 0.3];
/** Thickest rule, as a share of the longer side, but at least three pixels. */
const thickest = 0.025;
/** Steepest slope of a rule: a sheet photographed six degrees askew. */
const steepest = 0.105;

/** A thin straight line: its row in column x is `start + slope · x`. */
interface Rule {
  readonly start: number;
  readonly slope: number;
  readonly first: number;
  readonly last: number;
  /** Middle length of its runs of ink down a column. */
  readonly thickness: number;
}

/**
 * The mask without rules; the mask itself where nothing else would be left.
 *
 * @param faint A mask of fainter ink, too, in which a pale rule is whole.
 */
export function removeRules(mask: InkMask, faint: InkMask = mask): InkMask {
  const [level, upright] = [rulesOf(faint), rulesOf(turn(faint))];
  if (level.length + upright.length === 0) return mask;
  const bare = erase(mask, level, upright);
  const [written] = piecesOf(bare);
  if (written === undefined || written.places.length < 8)
    return level.length + upright.length > 1 ? bare : mask;
  const { left, top, right, bottom } = written.box;
  const isBeyond = (low: number, high: number, room: number) => (rule: Rule) =>
    rule.first < low - room && rule.last > high + room;
  return erase(
    mask,
    level.filter(isBeyond(left, right, mask.width / 50)),
    upright.filter(isBeyond(top, bottom, mask.height / 50)),
  );
}

function erase(mask: InkMask, level: readonly Rule[], upright: readonly Rule[]): InkMask {
  return turn(eraseLevel(turn(eraseLevel(mask, level)), upright));
}

function turn({ width, height, bits }: InkMask): InkMask {
  const turned = new Uint8Array(bits.length);
  bits.forEach((bit, place) => {
    turned[(place % width) * height + Math.floor(place / width)] = bit;
  });
  return { width: height, height: width, bits: turned };
}

function thickestOf({ width, height }: InkMask): number {
  return Math.max(3, Math.round(thickest * Math.max(width, height)));
}

/** Lines by Hough's transform: every ink pixel of a thin column votes for the lines through it. */
function rulesOf(mask: InkMask): Rule[] {
  const { width, height } = mask;
  const thin = thinPlaces(mask);
  const steps = Math.ceil(steepest * width);
  const [slopes, starts] = [2 * steps + 1, 3 * height];
  const votes = new Int32Array(slopes * starts);
  const vote = (place: number, sign: number) => {
    const [x, y] = [place % width, Math.floor(place / width)];
    for (let k = 0; k < slopes; k++) {
      votes[k * starts + height + Math.round(y - ((k - steps) / width) * x)] += sign;
    }
  };
  for (const place of thin.keys()) vote(place, 1);
  const rules: Rule[] = [];
  for (;;) {
    const best = votes.reduce((at, count, k) => (count > votes[at] ? k : at), 0);
    const slope = (Math.floor(best / starts) - steps) / width;
    const line = { start: (best % starts) - height, slope };
    const { columns, ...extent } = extentOf(thin, line, width);
    if (columns < seenAlone * width) return rules;
    if (missingOf(mask, line) <= missing * width) rules.push({ ...line, ...extent });
    for (const place of thin.keys()) {
      if (distance(place, line, width) > 2) continue;
      thin.delete(place);
      vote(place, -1);
    }
  }
}

function distance(place: number, { start, slope }: Pick<Rule, 'start' | 'slope'>, width: number) {
  return Math.abs(Math.floor(place / width) - start - slope * (place % width));
}

function extentOf(
  thin: ReadonlyMap<number, number>,
  line: Pick<Rule, 'start' | 'slope'>,
  width: number,
): Pick<Rule, 'first' | 'last' | 'thickness'> & { columns: number } {
  const seen = new Map<number, number>();
  for (const [place, length] of thin) {
    if (distance(place, line, width) <= 1.5) seen.set(place % width, length);
  }
  let [first, last] = [width, -1];
  for (const x of seen.keys()) [first, last] = [Math.min(first, x), Math.max(last, x)];
  const lengths = [...seen.values()].sort((a, b) => a - b);
  return { columns: seen.size, first, last, thickness: lengths[lengths.length >> 1] };
}

/** Middle of each run of ink down a column that is no longer than a rule is thick, with its length. */
function thinPlaces(mask: InkMask): Map<number, number> {
  const thin = new Map<number, number>();
  const most = thickestOf(mask);
  for (let x = 0; x < mask.width; x++) {
    for (const { first, last } of runsOf(mask, x)) {
      const length = last - first + 1;
      if (length <= most) thin.set(((first + last) >> 1) * mask.width + x, length);
    }
  }
  return thin;
}

/** Columns in which a line passes over no ink. */
function missingOf(
  { width, height, bits }: InkMask,
  { start, slope }: Pick<Rule, 'start' | 'slope'>,
) {
  let count = 0;
  for (let x = 0; x < width; x++) {
    const y = Math.round(start + slope * x);
    const isInk = [y - 1, y, y + 1].some(
      (row) => row >= 0 && row < height && bits[row * width + x] === 1,
    );
    if (!isInk) count++;
  }
  return count;
}

function runsOf({ width, height, bits }: InkMask, x: number): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (let y = 0; y < height; y++) {
    if (bits[y * width + x] === 0) continue;
    const first = y;
    while (y + 1 < height && bits[(y + 1) * width + x] === 1) y++;
    runs.push({ first, last: y });
  }
  return runs;
}

/** Takes out the runs of ink that lie on a rule and are as thin as it is; a stroke that crosses it stays. */
function eraseLevel(mask: InkMask, rules: readonly Rule[]): InkMask {
  const bits = mask.bits.slice();
  for (let x = 0; x < mask.width; x++) {
    for (const { first, last } of runsOf(mask, x)) {
      const isRule = rules.some(({ start, slope, thickness }) => {
        const y = start + slope * x;
        const isThin = last - first + 1 <= 1.5 * thickness + 1;
        return isThin && y >= first - 1.5 && y <= last + 1.5;
      });
      if (!isRule) continue;
      for (let y = first; y <= last; y++) bits[y * mask.width + x] = 0;
    }
  }
  return { ...mask, bits };
}
