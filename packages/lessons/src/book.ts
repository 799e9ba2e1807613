import { readFile } from 'node:fs/promises';
import { kernelFile, loadKernelModule, packageFile } from '@convbook/core/node';
import {
  bundleScript,
  documentStyles,
  glossary,
  glossaryPart,
  gzipBytes,
  html,
  lessonTitles,
  markTerms,
  pageLayout,
  renderPage,
  type Html,
  type Part,
  type Text,
} from '@convbook/page';
import { createCompute } from './figure/compute.ts';
import type { Lesson } from './lesson.ts';
import { renderLesson } from './parts/render-lesson.ts';

const title: Text = {
  en: 'Convolutional networks, by hand',
  ko: '손으로 익히는 합성곱 신경망',
};

interface BookOptions {
  /** Address of a notebook, from where the book lies: lessons lead to what it shows of the same. */
  notebook?: string | undefined;
}

/** Lessons as one self-contained HTML document. */
export async function renderBook(
  lessons: readonly Lesson[],
  { notebook }: BookOptions = {},
): Promise<string> {
  const data = await dataOf(lessons);
  const compute = createCompute(await loadKernelModule('plain'), data);
  const heading = lessons.length === 1 ? lessonTitles[lessons[0].id] : title;
  const parts: Part[] = lessons.map((lesson) => {
    const { content, ...part } = renderLesson(lesson, compute, notebook);
    return { ...part, content: markTerms(content, glossary) };
  });
  parts.push({ id: 'terms', title: { en: 'Terms', ko: '용어' }, content: glossaryPart(glossary) });
  const kernels = await readFile(await kernelFile('plain'));
  const templates = [...data].map(([name, bytes]) => template(`data-${name}`, bytes));
  return renderPage({
    title: heading,
    styles: [...documentStyles, 'lessons'],
    isDocument: true,
    scripts: [await bundleScript(packageFile('@convbook/lessons/page', import.meta.url))],
    body: html`${pageLayout(
      {
        kicker: 'Convbook',
        heading: html`${heading}`,
        lead: {
          en: 'Every picture here can be touched, and every number is computed by the kernels that train: in this page, while you look.',
          ko: '모든 그림을 직접 만져 볼 수 있고, 모든 수는 학습에 쓰는 커널이 이 페이지에서 보는 동안 계산합니다.',
        },
      },
      parts,
    )}
    ${await template('kernels', kernels)} ${await Promise.all(templates)}`,
  });
}

/** What the figures read, each kind once. */
async function dataOf(lessons: readonly Lesson[]): Promise<Map<string, Uint8Array>> {
  const named = new Map(lessons.flatMap(({ data = {} }) => Object.entries(data)));
  const read = [...named].map(async ([name, make]) => [name, await make()] as const);
  return new Map(await Promise.all(read));
}

async function template(id: string, bytes: Uint8Array): Promise<Html> {
  const gzipped = Buffer.from(await gzipBytes(bytes)).toString('base64');
  return html`<template id="${id}">${gzipped}</template>`;
}
