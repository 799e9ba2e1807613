import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '@convbook/core';
import { kernelFile } from '@convbook/core/node';
import { bundleScript, html, renderPage } from '@convbook/page';
import { describeModel } from '@convbook/runtime';
import { checkPictures } from '../check-pictures.ts';
import type { ExportedModel, ExportFormat } from '../export-format.ts';
import { packNumbers, packPart } from './pack-part.ts';
import { pageBody, pageTitle } from './page-body.ts';

/** Largest file of weights that a page carries: text of the page is memory of the browser. */
const mostBytes = 256 << 20;

/** One HTML file that classifies pictures, offline: the weights, compressed, and less than 100 KB more. */
export const webFormat: ExportFormat = {
  help: 'one HTML file that classifies pictures, offline',
  usualName: 'classify.html',
  isPage: true,
  files: async (trained) => [{ path: '', bytes: await webPage(trained) }],
};

async function webPage(trained: ExportedModel): Promise<Uint8Array> {
  const { record } = trained;
  checkPictures(record.data.sampleShape);
  const weights = trained.weightsFile();
  checkSize(weights.length);
  const described = describeModel(record);
  const [boot, script] = await Promise.all([
    bundleScript(new URL('./boot.ts', import.meta.url)),
    bundleScript(new URL('./page.ts', import.meta.url)),
  ]);
  const model = html`<template id="model">${JSON.stringify(described)}</template>`;
  const page = renderPage({
    title: pageTitle(record),
    body: pageBody(record, described, model),
    scripts: [boot],
    laterScripts: [script],
    styles: ['base', 'page', 'navigation', 'try-it', 'data', 'classifier'],
  });
  const parts = await Promise.all([
    packPart('script', Buffer.from(script)),
    packPart('kernels', await readFile(await kernelFile('predict'))),
    packNumbers('weights', weights),
  ]);
  return withParts(page, parts);
}

/** The parts come last, so that a page that was cut off says so; a mark of UTF-8 outweighs what a server says. */
function withParts(page: string, parts: readonly Uint8Array[]): Uint8Array {
  const end = page.lastIndexOf('</body>');
  const [before, after] = [page.slice(0, end), page.slice(end)].map((text) => Buffer.from(text));
  return Buffer.concat([Buffer.from('\uFEFF'), before, ...parts, after]);
}

function checkSize(bytes: number): void {
  if (bytes <= mostBytes) return;
  throw new ConfigurationError(
    `export: expected at most ${mostBytes >> 20} MiB of weights in a page, got ${bytes} bytes; choose --format app`,
  );
}
