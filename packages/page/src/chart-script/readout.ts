/// <reference lib="dom" />
// The box beside the crosshair: where it stands, and each curve's value there.
import { make } from '../browser/find.ts';
import { lineSwatch } from '../charts/palette.ts';
import { inLanguages, type Text } from '../text/text.ts';
import type { Reading, ToldValue } from './stops.ts';
import { joined } from './words.ts';

/** A reading as one sentence, for those who do not see the box. */
export function readingText({ at, said, values }: Reading): Text {
  const told = values.map(({ name, value, elsewhere }) =>
    inLanguages((language) => {
      const place = elsewhere === null ? '' : ` (${elsewhere[language]})`;
      return `${name[language]} ${value}${place}`;
    }),
  );
  const all = said === null ? told : [said];
  const rest = joined(all, ', ');
  return inLanguages((language) =>
    [at[language], rest[language]].filter((text) => text !== '').join(': '),
  );
}

/** Fills the box. */
export function fillReadout(box: HTMLElement, { at, said, values }: Reading): void {
  box.replaceChildren();
  if (at.en !== '') box.append(make('b', at));
  if (said !== null) box.append(make('p', said, { class: 'said' }));
  for (const value of values) box.append(rowOf(value));
}

function rowOf({ name, value, curve, elsewhere }: ToldValue): HTMLElement {
  const row = make('p');
  const swatch = make('i');
  swatch.style.cssText = lineSwatch(curve);
  row.append(swatch, make('span', name, { class: 'of' }), make('b', value));
  if (elsewhere !== null) row.append(make('small', elsewhere));
  return row;
}
