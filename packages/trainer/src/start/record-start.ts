// What run.json says of the parameters that a run began with.
import path from 'node:path';
import {
  pathWord,
  shellWord,
  type Configuration,
  type RecordedStart,
  type RunRecord,
} from '@convbook/run';
import type { StartFacts } from '../engine/shared-state.ts';
import type { Start } from './read-start.ts';

/** `start` of the record of a run in a directory. */
export function recordStart(
  { source, sha256, facts, left }: Start,
  directory: string,
): RecordedStart {
  const { ownSha256, taken, standardization } = facts;
  return {
    source: {
      kind: source.kind,
      name: path.basename(source.path),
      relativePath: path.relative(directory, source.path),
      absolutePath: source.path,
    },
    sha256,
    ownSha256,
    taken: [...taken],
    left: [...left],
    ...(standardization && { isScaledAsSource: true }),
  };
}

/** The facts of a recorded run; null where it drew all its parameters. */
export function recordedFacts({ start, data }: RunRecord): StartFacts | null {
  if (start === undefined) return null;
  const { ownSha256, taken, isScaledAsSource } = start;
  const standardization = isScaledAsSource ? (data.standardization ?? null) : null;
  return { ownSha256, taken, standardization };
}

/** The options of the command that repeats the run; `typed` is the source as the user named it. */
export function startFlags(
  { source }: Start,
  typed: string,
  { standardize }: Configuration,
  channels: number,
): string {
  const word = shellWord(path.isAbsolute(typed) ? source.path : pathWord(typed));
  // Without the option the run would be scaled as the source was; what is not usual is said already.
  const isUnlike =
    source.record !== null && (source.record.data.standardization !== undefined) !== standardize;
  const isUsual = standardize === (channels === 3);
  if (!isUnlike || !isUsual) return ` --from ${word}`;
  return ` --from ${word} ${standardize ? '--standardize' : '--no-standardize'}`;
}
