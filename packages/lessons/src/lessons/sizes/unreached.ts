import type { Text } from '@convbook/page/markup';
import type { Measured } from './measured.ts';

/** Rows and columns at the end of a layer's input that no window reaches. */
interface Unreached {
  /** `1 row, 1 column` */
  readonly text: Text;
  /** Whether all of them are padding, so that nothing is lost. */
  readonly isPadding: boolean;
}

/** Null where windows reach everything. */
export function unreachedOf({ dropped: [rows, columns], padding }: Measured): Unreached | null {
  if (rows === 0 && columns === 0) return null;
  const parts = [
    rows > 0 && { en: `${rows} ${rows === 1 ? 'row' : 'rows'}`, ko: `${rows}행` },
    columns > 0 && { en: `${columns} ${columns === 1 ? 'column' : 'columns'}`, ko: `${columns}열` },
  ].filter((part) => part !== false);
  return {
    text: { en: parts.map(({ en }) => en).join(', '), ko: parts.map(({ ko }) => ko).join(' ') },
    isPadding: rows <= (padding?.[0] ?? 0) && columns <= (padding?.[1] ?? 0),
  };
}
