// A list of names in a sentence.
import { formatCount, formatList, toText, type Text } from '@convbook/page';

/** The first `most` names, and how many others there are. */
export function someNames(names: readonly (Text | string)[], most = 3): Text {
  const shown = names.slice(0, most).map(toText);
  const others = names.length - shown.length;
  const rest = formatCount(others);
  const english = shown.map(({ en }) => en);
  return {
    en: formatList(others > 0 ? [...english, `${rest} more`] : english),
    ko: `${shown.map(({ ko }) => ko).join(', ')}${others > 0 ? ` 외 ${rest}개` : ''}`,
  };
}
