import { toCount } from 'convbook/command';

/** Reads an option of several counts: called for each with the list so far, of which the first replaces the default. */
export function listOfCounts(usual: readonly number[]) {
  return (text: string, before: number[]): number[] =>
    before === usual ? [toCount(text)] : [...before, toCount(text)];
}
