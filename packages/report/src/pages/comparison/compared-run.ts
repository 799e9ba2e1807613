import { ConfigurationError } from '@convbook/core';
import type { Text } from '@convbook/page';
import { palette } from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import type { Evaluation } from '../../analysis/evaluation.ts';

/** A run beside others: a letter names it in charts and tables. */
export interface ComparedRun {
  letter: string;
  run: Run;
  color: string;
  dash: number[] | undefined;
  /** Address of its notebook from the comparison, null where it has none there. */
  notebook: string | null;
}

const colors = [palette.blue, palette.orange, palette.green, palette.ink];

/** More lines than this cannot be told apart. */
export const mostCompared = 2 * colors.length;

/**
 * Gives each run a letter, a colour and, from the fifth on, a dashed line.
 *
 * @param notebooks Addresses of the runs' notebooks.
 * @throws ConfigurationError where there are too few or too many.
 */
export function toCompared(
  runs: readonly Run[],
  notebooks: readonly (string | null)[] = [],
): ComparedRun[] {
  if (runs.length < 2 || runs.length > mostCompared) {
    throw new ConfigurationError(
      `--compare: expected 2 to ${mostCompared} runs, got ${runs.length}; name that many`,
    );
  }
  return runs.map((run, k) => ({
    letter: String.fromCharCode(65 + k),
    run,
    color: colors[k % colors.length].light,
    dash: k < colors.length ? undefined : [5, 3],
    notebook: notebooks[k] ?? null,
  }));
}

/** A run whose answers to the test set can be laid beside those of the first. */
export type TestedRun = ComparedRun & { evaluation: Evaluation };

/** A run that is left out, and why. */
export interface LeftOut {
  letter: string;
  reason: Text;
}

const unfinished: Text = { en: 'did not finish', ko: '끝나지 않음' };

function otherTestSet(letter: string): Text {
  return {
    en: `has a different test set from ${letter}`,
    ko: `시험 집합이 실행 ${letter}의 것과 다름`,
  };
}

/**
 * The first run and those that answered the same test images, in the same order; and why the others
 * did not. Without a first there is none to compare with.
 */
export function onSameTestSet(compared: readonly ComparedRun[]): {
  tested: TestedRun[];
  left: LeftOut[];
} {
  const [first] = compared;
  const tested: TestedRun[] = [];
  const left: LeftOut[] = [];
  for (const one of compared) {
    const { evaluation } = one.run;
    const isSame = isSameTestSet(first.run, one.run);
    if (evaluation === null) left.push({ letter: one.letter, reason: unfinished });
    else if (isSame) tested.push({ ...one, evaluation });
    else left.push({ letter: one.letter, reason: otherTestSet(first.letter) });
  }
  return { tested: first.run.evaluation === null ? [] : tested, left };
}

function isSameTestSet(a: Run, b: Run): boolean {
  const facts = ({ record: { data }, evaluation }: Run) =>
    JSON.stringify([
      data.name,
      data.sampleShape,
      data.classNames,
      Object.entries(data.sha256).sort(),
      Array.from(evaluation?.labels ?? []),
    ]);
  return facts(a) === facts(b);
}
