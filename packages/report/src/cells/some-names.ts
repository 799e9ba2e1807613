// A list of classes in a sentence.
import { formatCount, formatList, type Text } from '@convbook/page';

/** Names that a sentence has room for. */
const most = 3;

/** The first names, and how many more there are. */
export function someNames(names: readonly string[]): Text {
  const shown = names.slice(0, most);
  const rest = formatCount(names.length - shown.length);
  const isWhole = shown.length === names.length;
  return {
    en: formatList([...shown, ...(isWhole ? [] : [`${rest} more`])]),
    ko: `${shown.join(', ')}${isWhole ? '' : ` 외 ${rest}개`}`,
  };
}
