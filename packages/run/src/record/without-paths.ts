import { basename } from 'node:path';
import { pathWord, shellWord } from '../settings/words.ts';
import type { RunRecord } from './run-record.ts';
import type { RecordedPath } from './sources.ts';

/**
 * The record as a page shows it, which goes to others: it does not say where model and data lie. Its command
 * keeps a relative path as typed, and the last part of an absolute one.
 */
export function withoutPaths(record: RunRecord): RunRecord {
  const { model, data } = record;
  const shortened = shortenPath(record.command, '--model', model.source);
  return {
    ...record,
    command: shortenPath(shortened, '--data', data.source),
    model: hidePath(model),
    data: hidePath(data),
  };
}

function shortenPath(command: string, option: string, source: RecordedPath = {}): string {
  const { absolutePath: path } = source;
  if (path === undefined) return command;
  const short = shellWord(pathWord(basename(path)));
  return command.replace(`${option} ${shellWord(path)} `, () => `${option} ${short} `);
}

function hidePath<Part extends { source?: RecordedPath }>(part: Part): Part {
  if (part.source === undefined) return part;
  const { relativePath: _, absolutePath: __, ...source } = part.source;
  return { ...part, source };
}
