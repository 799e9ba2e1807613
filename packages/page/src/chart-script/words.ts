// The words about a place in a chart.
import type { ChartMeta, ValueFormat } from '../charts/readout.ts';
import { formatCount, formatNumber, formatPercent } from '../text/format.ts';
import { inLanguages, toText, type Text } from '../text/text.ts';
import type { Domain } from './scale.ts';
import type { ChartModel, Datum } from './spec.ts';

/** A value as the page writes it elsewhere. */
export function formatValue(value: number, format: ValueFormat | undefined): string {
  if (format === 'percent') return formatPercent(value);
  return format === 'count' ? formatCount(value) : formatNumber(value);
}

/** A place on the horizontal axis: “epoch 3, step 1,812”. */
export function placeText(
  { place }: ChartMeta,
  x: number,
  textOf: (english: string) => Text,
): Text {
  const { stepsPerUnit, format } = place;
  const text = textOf(toText(place.text).en);
  if (stepsPerUnit === undefined) {
    return inLanguages((language) => text[language].replace('#', formatValue(x, format)));
  }
  const step = Math.round(x * stepsPerUnit);
  const unit = formatCount(Math.max(1, Math.ceil(step / stepsPerUnit)));
  return {
    en: `${text.en.replace('#', unit)}, step ${formatCount(step)}`,
    ko: `${text.ko.replace('#', unit)}, ${formatCount(step)}스텝`,
  };
}

/** A part of the axis: “epoch 3, step 1,812 to …”, or “pixel value from 100 to 161”. */
export function partText({ meta, x, textOf }: ChartModel, [low, high]: Domain): Text {
  const { stepsPerUnit, format } = meta.place;
  if (stepsPerUnit === undefined) {
    const [from, to] = [low, high].map((value) => formatValue(value, format));
    const axis = textOf(x.title ?? '');
    return { en: `${axis.en} from ${from} to ${to}`, ko: `${axis.ko} ${from}–${to}` };
  }
  const [from, to] = [low, high].map((value) => placeText(meta, value, textOf));
  return { en: `${from.en} to ${to.en}`, ko: `${from.ko}부터 ${to.ko}까지` };
}

/** Words of a bar with the fields of its data: `{y:percent}`. */
export function fillWords(words: Text, datum: Datum, textOf: (english: string) => Text): Text {
  return inLanguages((language) =>
    words[language].replaceAll(/\{(\w+)(?::(\w+))?\}/g, (_, field: string, format?: string) => {
      const value = datum[field];
      if (typeof value === 'string') return textOf(value)[language];
      return value === null || value === undefined ? '' : formatField(value, format);
    }),
  );
}

/** A number in the format of a field, `percent1` being one with a decimal. */
function formatField(value: number, format = 'number'): string {
  const [, digits] = /^percent(\d)$/.exec(format) ?? [];
  if (digits !== undefined) return formatPercent(value, Number(digits));
  return formatValue(value, format === 'count' || format === 'percent' ? format : 'number');
}

/** The texts of some lines in one. */
export function joined(texts: readonly Text[], between: string): Text {
  return inLanguages((language) => texts.map((text) => text[language]).join(between));
}
