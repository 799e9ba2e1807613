import { readFile } from 'node:fs/promises';
import { kernelFile, loadKernelModule, packageFile } from '@convbook/core/node';
import {
  bundleScript,
  documentStyles,
  html,
  pageLayout,
  renderPage,
  type Text,
} from '@convbook/page';
import { createCompute } from './figure/compute.ts';
import type { Lesson } from './lesson.ts';
import { renderLesson } from './parts/render-lesson.ts';

const title: Text = {
  en: 'Convolutional networks, by hand',
  ko: '손으로 익히는 합성곱 신경망',
};

/** Lessons as one self-contained HTML document. */
export async function renderBook(lessons: readonly Lesson[]): Promise<string> {
  const compute = createCompute(await loadKernelModule('plain'));
  const kernels = await readFile(await kernelFile('plain'));
  return renderPage({
    title: lessons.length === 1 ? lessons[0].title : title,
    styles: [...documentStyles, 'lessons'],
    scripts: [await bundleScript(packageFile('@convbook/lessons/page', import.meta.url))],
    body: html`${pageLayout(
        {
          kicker: 'Convbook',
          heading: html`${lessons.length === 1 ? lessons[0].title : title}`,
          lead: {
            en: 'Every picture here can be touched, and every number is computed by the kernels that train: in this page, while you look.',
            ko: '모든 그림을 직접 만져 볼 수 있고, 모든 수는 학습에 쓰는 커널이 이 페이지에서 보는 동안 계산합니다.',
          },
        },
        lessons.map((lesson) => renderLesson(lesson, compute)),
      )} <template id="kernels">${kernels.toString('base64')}</template>`,
  });
}
