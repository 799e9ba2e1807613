import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { namesIn } from '@convbook/run/writing';

/** Longer names than this are cut, with a hash instead of the rest. */
const longestName = 120;

/** The file under reports/ that a comparison of these run directories has by default. */
export function comparisonFile(directories: readonly string[]): string {
  const names = directories.map((directory) => basename(directory)).join('+');
  if (names.length <= longestName) return `comparison-${names}.html`;
  const hash = createHash('sha256').update(names).digest('hex').slice(0, 12);
  return `comparison-${names.slice(0, longestName)}-${hash}.html`;
}

/** Files of comparisons in a reports directory, by name. */
export function comparisonFiles(reports: string): string[] {
  return namesIn(reports)
    .filter((name) => /^comparison-.+\.html$/.test(name))
    .sort();
}

/** The runs that a comparison's file name lists: `a+b` for `comparison-a+b.html`. */
export function comparedNames(file: string): string {
  return file.replace(/^comparison-(.+)\.html$/, '$1');
}
