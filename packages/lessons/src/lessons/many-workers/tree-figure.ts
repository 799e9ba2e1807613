import { cutIntoShards, defaultShardSize, type Shard } from '@convbook/layers/plan';
import { html, type Html } from '@convbook/page/markup';
import { defineFigure, type Figure } from '../../figure/figure.ts';

interface State {
  readonly batchSize: number;
  readonly shardSize: number;
}

const width = 640;
const rise = 30;
const barHeight = 26;
/** Shards from which their sizes no longer fit into the bar. */
const mostLabels = 26;

/** Two sums that become one: places in the drawing. */
interface Join {
  readonly level: number;
  readonly left: number;
  readonly right: number;
}

/** Joins of neighbours, level by level, an odd one carried up. */
function joinsOf(places: readonly number[]): Join[] {
  const joins: Join[] = [];
  let row = [...places];
  for (let level = 1; row.length > 1; level++) {
    const next: number[] = [];
    for (let i = 0; i < row.length; i += 2) {
      if (i + 1 < row.length) joins.push({ level, left: row[i], right: row[i + 1] });
      next.push(i + 1 < row.length ? (row[i] + row[i + 1]) / 2 : row[i]);
    }
    row = next;
  }
  return joins;
}

/** Rounds in which a number of sums become one. */
export function roundsOf(count: number): number {
  const places = Array.from({ length: count }, (_, index) => index);
  return joinsOf(places).at(-1)?.level ?? 0;
}

/** A batch is cut into shards, whose gradients are added as a tree. */
export const tree: Figure<State> = {
  id: 'many-workers-tree',
  start: { batchSize: 100, shardSize: defaultShardSize(100) },
  controls: [
    {
      kind: 'range',
      label: { en: 'Images of the batch', ko: '배치의 이미지 수' },
      least: 1,
      most: () => 256,
      get: ({ batchSize }) => batchSize,
      set: (state, batchSize) => ({ ...state, batchSize }),
    },
    {
      kind: 'range',
      label: { en: 'Images of a shard, at most', ko: '샤드의 최대 이미지 수' },
      least: 4,
      step: 4,
      most: () => 64,
      get: ({ shardSize }) => shardSize,
      set: (state, shardSize) => ({ ...state, shardSize }),
    },
  ],
  view({ batchSize, shardSize }) {
    const shards = cutIntoShards(batchSize, shardSize);
    const levels = roundsOf(shards.length);
    return html`${drawing(shards, batchSize, levels)}
      <p class="lesson-sum" data-say>${sentence(shards, batchSize, levels)}</p>`;
  },
};

function sentence(shards: readonly Shard[], batchSize: number, levels: number) {
  if (shards.length === 1) {
    return {
      en: `One shard has the whole batch: there is nothing to add. One division by ${batchSize} follows.`,
      ko: `샤드 하나에 배치가 모두 들어가므로 더할 것이 없습니다. 이미지 수(${batchSize})로 한 번 나눕니다.`,
    };
  }
  const sizes = shards.map(({ count }) => count).join(' + ');
  const rounds = levels === 1 ? 'round' : 'rounds';
  return {
    en: `${batchSize} images make ${shards.length} shards of ${sizes}. Their sums become one in ${levels} ${rounds}; one division by ${batchSize} follows.`,
    ko: `이미지 ${batchSize}장을 샤드 ${shards.length}개(${sizes})로 나눕니다. 샤드의 합을 ${levels}번에 걸쳐 둘씩 더해 하나로 만든 다음, 이미지 수(${batchSize})로 한 번 나눕니다.`,
  };
}

export const treeFigure = defineFigure(tree);

function drawing(shards: readonly Shard[], batchSize: number, levels: number): Html {
  const scale = width / batchSize;
  const ground = levels * rise + 10;
  const places = shards.map(({ first, count }) => (first + count / 2) * scale);
  const alt = {
    en: `${shards.length} shards are joined by pairs of neighbours in ${levels} rounds, whatever the workers.`,
    ko: `샤드 ${shards.length}개를 워커와 관계없이 이웃끼리 둘씩 ${levels}번에 걸쳐 더합니다.`,
  };
  return html`<svg
    class="workers-tree"
    viewBox="0 0 ${width} ${ground + barHeight + 2}"
    role="img"
    aria-label="${alt}"
  >
    ${joinsOf(places).map((join) => joinLines(join, ground))}
    ${shards.map(
      ({ index, first, count }) =>
        html`<rect
            class="workers-shard-${index % 2}"
            x="${first * scale + 0.75}"
            y="${ground}"
            width="${count * scale - 1.5}"
            height="${barHeight}"
            rx="3"
          />
          ${
            shards.length <= mostLabels &&
            html`<text x="${places[index]}" y="${ground + 18}" text-anchor="middle">${count}</text>`
          }`,
    )}
  </svg>`;
}

/** Lines reach down to the bar, so that a sum that is carried up has one, too. */
function joinLines({ level, left, right }: Join, ground: number): Html {
  const [top, middle] = [ground - level * rise, (left + right) / 2];
  const down = ground - (level - 1) * rise;
  return html`<path d="M${left} ${down}V${top + 8}H${right}V${down}M${middle} ${top + 8}V${top}" />
    <circle cx="${middle}" cy="${top + 8}" r="4" />`;
}
