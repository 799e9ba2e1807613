// A run that has not reached its end, and the command that goes on with it.
import { typedCommand } from '@convbook/core/checks';
import { pathWord, shellWord, type Run } from '@convbook/run';

/** Whether the run did all it will do; one that was interrupted or failed can go on. */
export function isOver({ record: { status } }: Pick<Run, 'record'>): boolean {
  return status === 'complete' || status === 'diverged';
}

/** Null where nothing is to go on, and where a program passed the data, which no command can name. */
export function resumeCommand({ name, record: { status, data } }: Run): string | null {
  const canGoOn = status === 'interrupted' || status === 'failed';
  if (!canGoOn || data.source?.kind === 'object') return null;
  return `${typedCommand('train')} --resume ${shellWord(pathWord(name))}`;
}
