// One measurement a row, with its words over it instead of a legend: as a bar from zero, or as a dot with
// its spread on a logarithmic axis.
import type { Text } from '../text/text.ts';
import type { Chart } from './chart.ts';
import { schema } from './lines.ts';
import { logTicks } from './log-ticks.ts';
import { palette } from './palette.ts';
import type { Readout } from './readout.ts';
import { boundsOf } from './series.ts';

/** One row of a chart. */
export interface ChartRow {
  text: Text | string;
  value: number;
  color: string;
  /** Least and most of the repetitions, for dots. */
  least?: number;
  most?: number;
}

/** Rows under a name of their own. */
export interface RowGroup {
  name: string;
  rows: readonly ChartRow[];
}

/** The parts of a chart of named rows. */
export interface RowsChart extends Pick<Chart, 'id' | 'title' | 'alt'> {
  groups: readonly RowGroup[];
  marks: 'bars' | 'dots';
  axis: { title: Text | string; format?: string };
  /** Marked by a vertical line. */
  reference?: number;
}

/** Each row tells its own words. */
const bar = { at: '{group}', said: '{text}' };

/** Heights in pixels: of a group's name, of a row, and of the chart around them (see `renderChart`). */
const [nameHeight, rowHeight, frameHeight] = [30, 32, 50];

/** A chart of named rows, each with its marks on one axis. */
export function rowsChart({ id, title, alt, groups, marks, axis, reference }: RowsChart): Chart {
  const { names, rows, height } = place(groups);
  const bounds = rows.flatMap(({ value, least, most }) => [value, least ?? value, most ?? value]);
  const [low, most] = boundsOf(bounds);
  const high = Math.max(most, reference ?? 0);
  const isLog = marks === 'dots';
  const x = {
    field: 'value',
    type: 'quantitative',
    title: axis.title,
    ...(isLog ? logAxis(low / 1.2, high * 1.2) : linearAxis(high, axis)),
  };
  const at = (field: string) => ({
    field,
    type: 'quantitative',
    axis: null,
    scale: { domain: [0, height], nice: false, reverse: true },
  });
  const words = (values: readonly object[], fontWeight: number) => ({
    data: { values },
    mark: { type: 'text', align: 'left', baseline: 'middle', color: palette.ink.light, fontWeight },
    encoding: { x: { value: 0 }, y: at('y'), text: { field: 'text' } },
  });
  const colored = [...new Set(rows.map(({ color }) => color))].flatMap((color): object[] => {
    const values = rows.filter((row) => row.color === color);
    return isLog ? dots(values, color, x, at) : [bars(values, color, x, at)];
  });
  const line =
    reference === undefined
      ? []
      : [
          {
            data: { values: [{ value: reference }] },
            mark: { type: 'rule', color: palette.axis.light, strokeDash: [3, 3] },
            encoding: { x },
          },
        ];
  const layer = [
    ...line,
    ...colored,
    words(names, 600),
    words(
      rows.map(({ text, textY }) => ({ text, y: textY })),
      400,
    ),
  ];
  const spec = { $schema: schema, layer };
  const format = axis.format?.includes('%') ? 'percent' : 'number';
  const readout: Readout = { place: { text: '#', format }, format };
  return { id, title, alt, height: height + frameHeight, spec, readout };
}

function linearAxis(high: number, axis: RowsChart['axis']) {
  return {
    scale: { domain: [0, high], nice: false },
    axis: { grid: true, tickCount: 4, ...(axis.format === undefined ? {} : axis) },
  };
}

/** Vega leaves out most labels of a logarithmic axis: each tick has its own here, of few ticks. */
function logAxis(low: number, high: number) {
  return {
    scale: { type: 'log', domain: [low, high], nice: false },
    axis: {
      grid: true,
      values: logTicks(low, high),
      labelExpr: "format(datum.value, ',.3~r')",
      labelOverlap: false,
    },
  };
}

function place(groups: readonly RowGroup[]) {
  const names: { text: string; y: number }[] = [];
  const rows: (ChartRow & { group: string; y: number; textY: number })[] = [];
  let height = 0;
  for (const group of groups) {
    if (groups.length > 1) {
      names.push({ text: group.name, y: height + nameHeight / 2 });
      height += nameHeight;
    }
    for (const row of group.rows) {
      rows.push({ ...row, group: group.name, textY: height + 9, y: height + 22 });
      height += rowHeight;
    }
  }
  return { names, rows, height };
}

function bars(values: readonly object[], color: string, x: object, at: (field: string) => object) {
  return {
    bar,
    data: { values },
    mark: { type: 'rule', color, strokeWidth: 8 },
    encoding: { x, x2: { datum: 0 }, y: at('y') },
  };
}

function dots(values: readonly object[], color: string, x: object, at: (field: string) => object) {
  const dot = {
    bar,
    data: { values },
    mark: { type: 'point', filled: true, opacity: 1, size: 60, color },
    encoding: { x, y: at('y') },
  };
  const spread = {
    data: { values },
    mark: { type: 'rule', color, strokeWidth: 2 },
    encoding: { x: { ...x, field: 'least' }, x2: { field: 'most' }, y: at('y') },
  };
  return [spread, dot];
}
