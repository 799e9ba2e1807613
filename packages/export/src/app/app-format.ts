import { readFile } from 'node:fs/promises';
import { runtimeModule } from '#runtime-module';
import { formatCount, formatPercent, html } from '@convbook/page';
import type { RunRecord } from '@convbook/run';
import { describeModel } from '@convbook/runtime';
import { checkPictures } from '../check-pictures.ts';
import type { ExportedFile, ExportedModel, ExportFormat } from '../export-format.ts';

/** A folder to begin an app with: a page, the model, the runtime, and some lines of TypeScript. */
export const appFormat: ExportFormat = {
  help: 'a folder to begin an app with: page, model, runtime, TypeScript',
  usualName: 'app',
  isPage: true,
  files: appFiles,
};

/** Files of `assets/` that name the model, and those that are the same for all. */
const pages = ['index.html', 'README.md'];
const sources = ['app.ts', 'app.js', 'convbook-runtime.d.ts', 'tsconfig.json'];

async function appFiles(trained: ExportedModel): Promise<readonly ExportedFile[]> {
  const { record } = trained;
  checkPictures(record.data.sampleShape);
  const texts = await Promise.all([
    ...pages.map(async (name) => [name, fillIn(await readAsset(name), record)] as const),
    ...sources.map(async (name) => [name, await readAsset(name)] as const),
    runtimeModule().then((text) => ['convbook-runtime.js', text] as const),
  ]);
  const model = `${JSON.stringify(describeModel(record), null, 2)}\n`;
  return [
    ...[...texts, ['model.json', model] as const].map(([path, text]) => ({
      path,
      bytes: Buffer.from(text),
    })),
    { path: 'model.safetensors', bytes: trained.weightsFile() },
  ];
}

function readAsset(name: string): Promise<string> {
  return readFile(new URL(`./assets/${name}`, import.meta.url), 'utf8');
}

/** Puts what a run says in the place of `{title}`, `{classes}` and `{accuracy}`, made safe for markup. */
function fillIn(text: string, { model, data, result }: RunRecord): string {
  const values: Readonly<Record<string, string>> = {
    title: `${data.name} · ${model.name}`,
    classes: formatCount(data.classNames.length),
    accuracy: result ? formatPercent(result.testAccuracy) : '–',
  };
  return text.replaceAll(/\{(title|classes|accuracy)\}/g, (_, name: string) =>
    html`${values[name]}`.toString(),
  );
}
