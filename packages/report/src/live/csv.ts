// predictions.csv: a table by RFC 4180, made in the page.
import type { TestSet } from './test-set.ts';

const columns = [
  'index',
  'label',
  'label_name',
  'prediction',
  'prediction_name',
  'prediction_probability',
  'label_probability',
];

/** A spreadsheet reads a file without this mark in the system's encoding, which would garble names. */
const byteOrderMark = '\uFEFF';

/** A line for each test image, in test-set order, below a line of column names. Lines end with CR LF. */
export function predictionsCsv({ classNames, count, answer }: TestSet): string {
  const names = classNames.map(field);
  const lines = Array.from({ length: count }, (_, index) => {
    const { label, prediction, predictionProbability, labelProbability } = answer(index);
    return [
      index,
      label,
      names[label],
      prediction,
      names[prediction],
      digits(predictionProbability),
      digits(labelProbability),
    ].join();
  });
  const isAscii = names.every((name) => /^[\0-\x7F]*$/.test(name));
  return (isAscii ? '' : byteOrderMark) + [columns.join(), ...lines, ''].join('\r\n');
}

/** A name as a field: never a formula of a spreadsheet, quoted where it would end the field. */
function field(name: string): string {
  const text = /^[=+\-@\t\r\n]/.test(name) ? `'${name}` : name;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Nine digits tell every float32 from the next. */
function digits(probability: number): string {
  return String(Number(probability.toPrecision(9)));
}
