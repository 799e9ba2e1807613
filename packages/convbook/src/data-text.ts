// What `pnpm data` prints: at most 80 columns where names allow, long lists shortened.
import { printable } from '@convbook/core/checks';
import { shorten } from './fit-text.ts';
import type { DataReport } from './inspect-data.ts';
import { wrapText } from './wrap-text.ts';

/** Columns of a line and of a class name, classes that are shown, and damaged files. */
const most = { columns: 80, name: 56, classes: 24, damaged: 10 };

/** A data set for people. */
export function dataText(report: DataReport): string {
  const parts = [
    headOf(report),
    classTable(report),
    rows(pictureRows(report)),
    damagedText(report),
    warningsText(report),
    rows(trainingRows(report)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headOf({ name, understood }: DataReport): string {
  const lines = [understood].flat().flatMap((text) => wrapText(printable(text), most.columns));
  return [printable(name), ...lines].join('\n');
}

/** Counts stand before names, whose width a terminal decides. */
function classTable({ classes, train, test }: DataReport): string {
  const line = (a: string, b: string, name: string) => `${a.padStart(9)} ${b.padStart(9)}  ${name}`;
  const lines = classes.map((one) =>
    line(counted(one.train), counted(one.test), shorten(printable(one.name), most.name)),
  );
  const half = most.classes / 2;
  const shown =
    lines.length <= most.classes
      ? lines
      : [
          ...lines.slice(0, half),
          line('…', '…', `${lines.length - most.classes} more classes; --json lists all`),
          ...lines.slice(-half),
        ];
  const total = line(counted(train), counted(test), `in ${counted(classes.length)} classes`);
  return [line('train', 'test', 'class'), ...shown, total].join('\n');
}

type Row = readonly [string, string];

function pictureRows({ pictures, passedOver }: DataReport): Row[] {
  const reasons = Object.entries(passedOver).map(
    ([reason, count]) => `${reason} (${counted(count)})`,
  );
  const others: Row[] = reasons.map((text, at) => [at === 0 ? 'passed over' : '', text]);
  if (pictures === null) return others;
  const { sizes, proportions, formats } = pictures;
  const kinds = Object.entries(formats).sort(([, a], [, b]) => b - a);
  const ratio = (value: number) => value.toFixed(2);
  const { narrowest, middle, widest } = proportions;
  return [
    ['formats', kinds.map(([format, count]) => `${counted(count)} ${format}`).join(', ')],
    ['smallest', sizes.smallest.join(' × ')],
    ['middle', sizes.middle.join(' × ')],
    ['largest', sizes.largest.join(' × ')],
    [
      'proportions',
      `width / height from ${ratio(narrowest)} to ${ratio(widest)}, the middle one ${ratio(middle)}`,
    ],
    ...others,
  ];
}

function damagedText({ damaged }: DataReport): string {
  if (damaged.length === 0) return '';
  const shown = damaged
    .slice(0, most.damaged)
    .flatMap(({ problem }) => item(problem.replace(/; [^;]*$/, '')));
  const rest = damaged.length - most.damaged;
  const more = rest > 0 ? [`  and ${counted(rest)} more; --json lists all`] : [];
  return [`damaged ${counted(damaged.length)}`, ...shown, ...more].join('\n');
}

function warningsText({ warnings }: DataReport): string {
  if (warnings.length === 0) return 'no faults found';
  return ['faults', ...warnings.flatMap(item)].join('\n');
}

/** The lines of one of several things. */
function item(text: string): string[] {
  const [first, ...others] = wrapText(printable(text), most.columns - 4);
  return [`  ${first}`, ...others.map((line) => `    ${line}`)];
}

function trainingRows({ images, model, command }: DataReport): Row[] {
  const [channels, height, width] = images.shape;
  const kinds: Readonly<Record<number, string>> = { 1: 'grey', 3: 'colour' };
  const kind = kinds[channels] ?? `${channels} channels`;
  const parameters =
    'problem' in model ? printable(model.problem) : `${counted(model.parameters)} parameters`;
  return [
    ['images', `${width} × ${height}, ${kind}${images.fit === null ? '' : `, ${images.fit}`}`],
    ['model', `${model.name}, ${parameters}`],
    ['train with', printable(command)],
  ];
}

function rows(all: readonly Row[]): string {
  return all.map(([name, value]) => `${name.padEnd(12)} ${value}`.trimEnd()).join('\n');
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}
