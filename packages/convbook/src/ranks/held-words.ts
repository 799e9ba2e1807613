// Before ranks are connected all of them would say the same: words are held back until one rank speaks for all.
import { setTimeout } from 'node:timers/promises';
import { ConfigurationError } from '@convbook/core';
import type { Command } from 'commander';
import { asRank } from './as-rank.ts';
import { joinRanks, launcherChoices, type LauncherChoice } from './join-ranks.ts';
import { launchedRank } from './launched-rank.ts';

/** Longer than rank 0 takes to fail likewise: its launcher then ends the others. */
const patienceMilliseconds = 10_000;

/** Resolves at once on rank 0; on another only where the failure is its own, and it has to speak. */
export async function afterRank0(): Promise<void> {
  if (isFollower()) await setTimeout(patienceMilliseconds);
}

/** Holds back what a command refuses by itself; the returned function has the ranks say it once. */
export function holdWords(command: Command): () => Promise<void> {
  const launcher = typedLauncher();
  if (launchedRank() === null || launcher === 'none') return () => Promise.resolve();
  let held = '';
  command.configureOutput({ writeErr: (text) => (held += text) });
  if (isFollower()) command.configureOutput({ writeOut: () => undefined });
  return async () => {
    if (held === '') return;
    const link = await joinRanks({ launcher }).catch(() => null);
    if (link === null) process.stderr.write(held);
    else await asRank(link, () => Promise.reject(toError(held)));
  };
}

/** The option, of a command line that may be wrong. */
function typedLauncher(words: readonly string[] = process.argv): LauncherChoice {
  const [, typed] = /--launcher[= ](\w+)/.exec(words.join(' ')) ?? [];
  return launcherChoices.find((choice) => choice === typed) ?? 'auto';
}

function isFollower(): boolean {
  return (launchedRank() ?? 0) > 0;
}

function toError(text: string): ConfigurationError {
  return new ConfigurationError(
    text
      .trim()
      .replace(/^error: /, '')
      .replaceAll('\n', ' '),
  );
}
