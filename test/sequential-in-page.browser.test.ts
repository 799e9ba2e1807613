// A lesson in a page trains as Node does: the same steps, to the byte, and without Node's modules.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { kernelFile } from '@convbook/core/node';
import {
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  relu,
  simpleConvnet,
  type ModelSpec,
} from '@convbook/layers';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { trainLesson, type Lesson } from './page-lesson.ts';
import { root } from './run-node.ts';

const normalized: ModelSpec = {
  name: 'normalized',
  input: [1, 28, 28],
  layers: [
    conv2d({ filters: 8, kernelSize: 3, stride: 2 }),
    batchNorm(),
    relu(),
    conv2d({ filters: 16, kernelSize: 3, padding: 1 }),
    relu(),
    dropout({ rate: 0.25 }),
    flatten(),
    dense({ units: 10 }),
  ],
};

/** Bundled for a browser, with nothing in place of Node's modules. */
async function bundleForPage(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${entry}';`, resolveDir: root },
    bundle: true,
    format: 'iife',
    globalName: 'lesson',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

type Result = Awaited<ReturnType<typeof trainLesson>>;

const hashed = ({ bytes, ...numbers }: Result) => ({
  ...numbers,
  sha256: createHash('sha256').update(Uint8Array.from(bytes)).digest('hex'),
});

it('is bundled without Node, which the trainer itself needs', async () => {
  expect(await bundleForPage('@convbook/trainer/sequential')).toContain('createTrainer');
  await expect(bundleForPage('@convbook/trainer')).rejects.toThrow('Could not resolve "node:');
});

describeInChromium('ten steps in a page', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it.each([simpleConvnet, normalized])('of $name are those in Node', async (model) => {
    const kernels = [...readFileSync(await kernelFile('plain'))];
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundleForPage('./test/page-lesson.ts') });
    const task: Lesson = { model, kernels, steps: 10 };
    const inPage = await page.evaluate(
      (given) =>
        (
          globalThis as unknown as { lesson: { trainLesson(task: Lesson): Promise<Result> } }
        ).lesson.trainLesson(given),
      task,
    );
    await page.close();
    const inNode = await trainLesson(task);
    expect(new Set(inNode.losses).size).toBe(10);
    expect(hashed(inPage)).toEqual(hashed(inNode));
  });
});
