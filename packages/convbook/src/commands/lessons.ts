// pnpm lessons: writes the book of lessons, or one of them.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from '@convbook/core';
import { lessons, renderBook, type Lesson } from '@convbook/lessons';
import { createCommand, reportsFolder, runCommand, toCount, typedIn } from '../command.ts';
import { newestNotebook } from '../newest-notebook.ts';
import { openFile } from '../open-file.ts';
import { servePage } from '../serve-page.ts';

interface Options {
  only?: string;
  out?: string;
  serve?: true | number;
  open?: true;
}

async function write({ only, out, serve, open }: Options): Promise<void> {
  const chosen = only === undefined ? lessons : [lessonNamed(only)];
  const name = only === undefined ? 'index.html' : `${chosen[0].id}.html`;
  const file =
    out === undefined ? path.join(reportsFolder, 'lessons', name) : path.resolve(typedIn, out);
  const notebook = newestNotebook(reportsFolder);
  const page = await renderBook(chosen, {
    notebook: notebook === null ? undefined : addressFrom(path.dirname(file), notebook),
  });
  writeBook(file, page);
  process.stderr.write(`${saidOf(chosen)}, one file that opens in any browser:\n`);
  process.stdout.write(`${pathToFileURL(file).href}\n`);
  if (open) await openFile(file);
  if (serve !== undefined) await servePage(file, serve === true ? 0 : serve);
}

/** @throws ConfigurationError where there is none of that number or name. */
function lessonNamed(text: string): Lesson {
  const found = lessons.find(({ id }, at) => text === id || text === String(at + 1));
  if (found) return found;
  const names = lessons.map(({ id }, at) => `${at + 1} ${id}`).join(', ');
  throw new ConfigurationError(
    `--only: expected a lesson, got ${JSON.stringify(text)}; choose one of ${names}`,
  );
}

/** @throws ConfigurationError where it cannot be written. */
function writeBook(file: string, page: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, page);
  } catch (error) {
    throw new ConfigurationError(
      `--out: expected a file that can be written, got ${String(error)}; name another`,
    );
  }
}

function addressFrom(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).map(encodeURIComponent).join('/');
}

function saidOf(chosen: readonly Lesson[]): string {
  if (chosen.length > 1) return `The book, ${chosen.length} lessons`;
  return `Lesson ${lessons.indexOf(chosen[0]) + 1}, ${chosen[0].id}`;
}

const description =
  'Writes the book of lessons: what convolutional networks do and how they learn, in Korean and English, every number computed in the page.';
const command = createCommand('lessons', description, [
  'pnpm lessons --serve',
  'pnpm lessons --only 4               one lesson as a file of its own, to be handed out',
])
  .option('--only <lesson>', 'one lesson, by its number or name')
  .option('--out <file>', 'where it goes (default: reports/lessons/index.html)')
  .option('--open', 'open the file in the browser')
  .option('--serve [port]', 'serve it on this machine and open it; Ctrl+C ends', toCount)
  .action(write);

await runCommand(command);
