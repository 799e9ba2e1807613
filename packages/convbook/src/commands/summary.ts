// pnpm summary MODEL: the layer table in the terminal.
import { summaryText, type SummaryTextOptions } from '@convbook/report';
import { chooseModel } from '../choose.ts';
import { createCommand, runCommand } from '../command.ts';

async function summary(name: string, options: SummaryTextOptions): Promise<void> {
  const { model } = await chooseModel(name);
  process.stdout.write(`${summaryText(model, options)}\n`);
}

const description = 'What each layer of a model does to one sample, and what it costs.';
const examples = ['pnpm summary simple-convnet', 'pnpm summary ./my-model.ts --channels-last'];
const command = createCommand('summary', description, examples)
  .argument('<model>', 'preset or file that exports a model')
  .option('--channels-last', 'shapes as rows × columns × channels')
  .option('--formulas', 'with the formulas and their numbers')
  .action(summary);

await runCommand(command);
