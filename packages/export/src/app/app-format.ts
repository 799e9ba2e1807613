import { readFile } from 'node:fs/promises';
import { runtimeModule } from '#runtime-module';
import { describeModel } from '@convbook/runtime';
import type { ExportedFile, ExportedModel, ExportFormat } from '../export-format.ts';
import { checkPictures } from '../check-pictures.ts';
import { appPage } from './app-page.ts';
import { readMe } from './read-me.ts';

/** A folder to begin an app with: a page, the model, the runtime, and some lines of TypeScript. */
export const appFormat: ExportFormat = {
  help: 'a folder to begin an app with: page, model, runtime, TypeScript',
  usualName: 'app',
  isFolder: true,
  files: appFiles,
};

const assets = ['app.ts', 'app.js', 'convbook-runtime.d.ts'];

async function appFiles(trained: ExportedModel): Promise<readonly ExportedFile[]> {
  const { record } = trained;
  checkPictures(record.data.sampleShape);
  const [runtime, ...texts] = await Promise.all([
    runtimeModule(),
    ...assets.map((name) => readFile(new URL(`./assets/${name}`, import.meta.url), 'utf8')),
  ]);
  const written = [
    ['index.html', appPage(record)],
    ...assets.map((name, k) => [name, texts[k]] as const),
    ['convbook-runtime.js', runtime],
    ['model.json', `${JSON.stringify(describeModel(record), null, 2)}\n`],
    ['README.md', readMe(record)],
  ] as const;
  return [
    ...written.map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
    { path: 'model.safetensors', bytes: trained.weightsFile() },
  ];
}
