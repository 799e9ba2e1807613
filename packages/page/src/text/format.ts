// Numbers and dates as people read them. No locale of the machine takes part, so that the same run
// always gives the same page.
import type { Text } from './text.ts';

const grouping = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `433890` → `433,890`. */
export function formatCount(count: number): string {
  return grouping.format(count);
}

/** A count with its noun: `1 epoch`, `8 epochs`. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/**
 * A fraction as a percentage: `0.98988` → `98.99%`. Only all is 100% and only nothing 0%: `0.99996` →
 * `>99.99%`.
 */
export function formatPercent(fraction: number, digits = 2): string {
  const rounded = Number((fraction * 100).toFixed(digits));
  const least = 10 ** -digits;
  if (fraction < 1 && rounded === 100) return `>${(100 - least).toFixed(digits)}%`;
  if (fraction > 0 && rounded === 0) return `<${least.toFixed(digits)}%`;
  return `${withMinus((fraction * 100).toFixed(digits))}%`;
}

/** A probability, which is never certainty: `0.99996` and `1` → `>99.9%`, `0.00001` and `0` → `<0.1%`. */
export function formatProbability(probability: number): string {
  if (probability > 0.9995) return '>99.9%';
  if (probability < 0.0005) return '<0.1%';
  return formatPercent(probability, 1);
}

/** A real number with few digits: `0.0123456` → `0.0123`, `-0.0007` → `−0.0007`, `1e-7` → `1.00e−7`. */
export function formatNumber(value: number, digits = 3): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const isFar = size < 1e-4 || size >= 1e6;
  return withMinus(
    isFar
      ? value.toExponential(digits - 1).replace('e+', 'e')
      : String(Number(value.toPrecision(digits))),
  );
}

/** A hyphen is no minus. */
function withMinus(number: string): string {
  return number.replaceAll('-', '−');
}

/** Two decimals, as of a correlation or a logit: `0.75`, `−0.50`. */
export function formatSigned(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && text !== '0.00' ? `−${text}` : text;
}

/** Seconds as `0.8 s`, `42 s`, `3 min 5 s` or `1 h 2 min`. */
export function formatDuration(seconds: number): Text {
  const whole = Math.round(seconds);
  if (whole < 60) {
    const shown = seconds < 9.95 ? seconds.toFixed(1) : String(whole);
    return { en: `${shown} s`, ko: `${shown}초` };
  }
  const [major, minor] = whole < 3600 ? divide(whole) : divide(Math.round(whole / 60));
  return whole < 3600
    ? { en: `${major} min ${minor} s`, ko: `${major}분 ${minor}초` }
    : { en: `${major} h ${minor} min`, ko: `${major}시간 ${minor}분` };
}

function divide(whole: number): [number, number] {
  return [Math.floor(whole / 60), whole % 60];
}

/** Bytes as `840 B`, `1.7 MiB` or `31 GiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** An ISO 8601 time as `22 November 2025, 09:53 UTC`. */
export function formatDate(iso: string): Text {
  const date = new Date(iso);
  const time = date.toISOString().slice(11, 16);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  return {
    en: `${day} ${months[month]} ${year}, ${time} UTC`,
    ko: `${year}년 ${month + 1}월 ${day}일 ${time} UTC`,
  };
}

/** An ISO 8601 time as `2025-11-22 09:53`, in UTC. */
export function formatShortDate(iso: string): string {
  return new Date(iso).toISOString().slice(0, 16).replace('T', ' ');
}

/** A shape or pair as `28×28`. */
export function formatShape(shape: readonly number[]): string {
  return shape.join('×');
}

/** `['a', 'b', 'c']` → `a, b and c`. */
export function formatList(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
