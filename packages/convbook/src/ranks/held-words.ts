// Before ranks are connected all of them would say the same: words are held back until one rank speaks for all.
import { ConfigurationError } from '@convbook/core';
import type { Command } from 'commander';
import { afterRank0, isFollower } from './after-rank0.ts';
import { asRank } from './as-rank.ts';
import { joinRanks, launcherChoices, type LauncherChoice } from './join-ranks.ts';
import { launchedRank } from './launched-rank.ts';

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
    if (link) return asRank(link, () => Promise.reject(toError(held)));
    await afterRank0();
    process.stderr.write(held);
  };
}

/** The option, of a command line that may be wrong. */
function typedLauncher(words: readonly string[] = process.argv): LauncherChoice {
  const [, typed] = /--launcher[= ](\w+)/.exec(words.join(' ')) ?? [];
  return launcherChoices.find((choice) => choice === typed) ?? 'auto';
}

function toError(text: string): ConfigurationError {
  return new ConfigurationError(
    text
      .trim()
      .replace(/^error: /, '')
      .replaceAll('\n', ' '),
  );
}
