// What the reader is told of a place in a chart.
import type { ChartMeta, ValueFormat } from '../charts/readout.ts';
import { formatCount, formatNumber, formatPercent } from '../text/format.ts';
import { inLanguages, toText, type Text } from '../text/text.ts';
import type { Domain } from './scale.ts';
import type { Datum } from './spec.ts';

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

/** The part of the axis that is shown: “from epoch 3, step 1,812 to …”. */
export function partText(
  meta: ChartMeta,
  [low, high]: Domain,
  textOf: (english: string) => Text,
): Text {
  const [from, to] = [low, high].map((x) => placeText(meta, x, textOf));
  return { en: `from ${from.en} to ${to.en}`, ko: `${from.ko}부터 ${to.ko}까지` };
}

/** Words of a bar with the fields of its data: `{y:percent}`. */
export function fillWords(words: Text, datum: Datum, textOf: (english: string) => Text): Text {
  return inLanguages((language) =>
    words[language].replaceAll(/\{(\w+)(?::(\w+))?\}/g, (_, field: string, format?: string) => {
      const value = datum[field];
      if (typeof value === 'string') return textOf(value)[language];
      return value === null || value === undefined ? '' : formatValue(value, toFormat(format));
    }),
  );
}

function toFormat(name: string | undefined): ValueFormat | undefined {
  return name === 'percent' || name === 'count' ? name : undefined;
}

/** The texts of some lines in one. */
export function joined(texts: readonly Text[], between: string): Text {
  return inLanguages((language) => texts.map((text) => text[language]).join(between));
}
