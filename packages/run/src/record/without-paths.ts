import { basename } from 'node:path';
import { pathWord, shellWord } from '../settings/words.ts';
import type { RunRecord } from './run-record.ts';
import type { RecordedPath } from './sources.ts';

/**
 * The record as a page shows it, which goes to others: it does not say where model, data and start lie. Its command
 * keeps a relative path as typed, and the last part of an absolute one.
 */
export function withoutPaths(record: RunRecord): RunRecord {
  const { model, data, start } = record;
  const withShortModel = shortenPath(record.command, '--model', model.source);
  const withShortData = shortenPath(withShortModel, '--data', data.source);
  return {
    ...record,
    command: shortenPath(withShortData, '--from', start?.source),
    model: hidePath(model),
    data: hidePath(data),
    ...(start && { start: hidePath(start) }),
  };
}

function shortenPath(command: string, option: string, source: RecordedPath = {}): string {
  const { absolutePath: path } = source;
  if (path === undefined) return command;
  const short = shellWord(pathWord(basename(path)));
  // Each option is followed by a space or ends the command.
  return `${command} `
    .replace(`${option} ${shellWord(path)} `, () => `${option} ${short} `)
    .slice(0, -1);
}

function hidePath<Part extends { source?: RecordedPath }>(part: Part): Part {
  if (part.source === undefined) return part;
  const { relativePath: _, absolutePath: __, ...source } = part.source;
  return { ...part, source };
}
