#!/usr/bin/env node
// The command of the installed package: `convbook train …` runs the command of that name.
import { readFileSync } from 'node:fs';
import module from 'node:module';
import { packageFile } from '@convbook/core/node';
import { Command } from 'commander';
import { runCommand } from './command.ts';
import { launchedRank } from './ranks/launched-rank.ts';

interface Entry {
  readonly help: string;
  /** Importing a command runs it. */
  readonly run: () => Promise<unknown>;
}

interface CompileCache {
  readonly enableCompileCache?: () => unknown;
}

const commands: Readonly<Record<string, Entry>> = {
  train: {
    help: 'trains and writes a run directory with its notebook',
    run: () => import('./commands/train.ts'),
  },
  report: {
    help: 'makes the notebook of a run again, or compares runs',
    run: () => import('./commands/report.ts'),
  },
  predict: {
    help: 'predicts the classes of test images or of pictures',
    run: () => import('./commands/predict.ts'),
  },
  export: {
    help: 'writes the model of a run for other programs',
    run: () => import('./commands/export.ts'),
  },
  verify: {
    help: 'trains a run again and compares the models byte for byte',
    run: () => import('./commands/verify.ts'),
  },
  summary: {
    help: 'prints the layers, shapes and parameters of a model',
    run: () => import('./commands/summary.ts'),
  },
  lessons: {
    help: 'writes the book of lessons, one page that opens in any browser',
    run: () => import('./commands/lessons.ts'),
  },
  data: {
    help: 'looks at a data set without training',
    run: () => import('./commands/data.ts'),
  },
};

/** Lists the commands, says the version, and refuses other words. */
function createOverview(): Command {
  const manifest = readFileSync(packageFile('convbook/package.json', import.meta.url), 'utf8');
  const { version, description } = JSON.parse(manifest) as { version: string; description: string };
  const overview = new Command('convbook')
    .description(description)
    .version(version)
    .helpCommand(false)
    .addHelpText('after', '\nconvbook <command> --help lists the options of a command.')
    .showSuggestionAfterError()
    .exitOverride();
  for (const [name, { help }] of Object.entries(commands)) overview.command(name).description(help);
  return overview;
}

/** Among ranks one speaks for all; a process of its own loads nothing of theirs. */
async function heldByRanks(overview: Command): Promise<() => Promise<void>> {
  if (launchedRank() === null) return () => Promise.resolve();
  return (await import('./ranks/held-words.ts')).holdWords(overview);
}

// Since Node 22.8: modules that were compiled before are not compiled again.
const { enableCompileCache }: Pick<typeof module, 'builtinModules'> & CompileCache = module;
enableCompileCache?.();

if (process.argv.length === 2) process.argv.push('--help');
const [, , name] = process.argv;
if (Object.hasOwn(commands, name)) {
  process.argv.splice(2, 1);
  await commands[name].run();
} else {
  const overview = createOverview();
  const sayHeld = await heldByRanks(overview);
  await runCommand(overview);
  await sayHeld();
}
