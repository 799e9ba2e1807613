import { highest } from '@convbook/core';
import { evenly, formatPercent } from '@convbook/page';
import { lineLayers, palette, schema, type Chart, type Line } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { deadUnits, type DeadUnits } from '../explain/dead-units.ts';
import { timeAxis } from './time-axis.ts';

const height = 220;

/** Lines are told apart by colour, and two of one colour by their dashes. */
const colors = [palette.blue.light, palette.orange.light, palette.green.light];
const dashes = [undefined, [7, 3]];

/** Share of dead filters and units of each hidden layer; null where none was dead, or there are fewer than two moments. */
export function deadUnitsChart(run: Run): Chart | null {
  const time = timeAxis(run);
  const layers = deadUnits(run.statistics).filter(
    ({ moments }) => moments.length > 1 && moments.some(({ dead }) => dead > 0),
  );
  if (layers.length === 0) return null;
  const lines = evenly(layers, colors.length * dashes.length).map(
    ({ name, units, moments }, k): Line => ({
      name,
      points: moments.map(({ step, dead }) => ({ x: time.ofStep(step), y: dead / units })),
      dots: moments.length <= 20,
      color: colors[k % colors.length],
      dash: dashes[Math.floor(k / colors.length)],
    }),
  );
  const high = highest(lines.flatMap(({ points }) => points.map(({ y }) => y)));
  const y = {
    field: 'y',
    type: 'quantitative',
    title: null,
    scale: { domain: [0, high], nice: false },
    axis: { format: '.0%', tickCount: 4, grid: true },
  };
  return {
    id: 'training-dead-units',
    height,
    title: { en: 'Share of dead filters and units', ko: '죽은 필터와 유닛의 비율' },
    alt: describe(layers),
    spec: {
      $schema: schema,
      layer: lineLayers(lines, { x: time.channel, y }, height, (value) => value / high),
    },
  };
}

function describe(layers: readonly DeadUnits[]) {
  const shares = layers.map(({ name, units, moments }) => {
    const [first, last] = [moments[0], moments[moments.length - 1]].map(({ dead }) =>
      formatPercent(dead / units, 0),
    );
    return { name, first, last };
  });
  const words = shares.map(({ name, first, last }) => `${name} ${first} → ${last}`).join(', ');
  return {
    en: `Line chart, share of dead filters and units from before training to its end: ${words}.`,
    ko: `죽은 필터와 유닛의 비율을 나타낸 꺾은선 차트, 학습 전에서 끝까지: ${words}.`,
  };
}
