import { detailFold, html, quote, sourceFold, type Html, type Text } from '@convbook/page';
import { picturesOf, type Run } from '@convbook/run';
import type { Cell } from './cell.ts';
import { curiousFold } from './curious-fold.ts';
import { balance, countTable, fewImages, missing } from './data-counts.ts';
import { dataFaults } from './data-faults.ts';
import { augmentedImages, meanImages } from './data-means.ts';
import { filesText, origin } from './data-origin.ts';
import { classSamples } from './data-samples.ts';
import { valueHistogram } from './data-values.ts';
import { attributionText } from './folder-words.ts';
import { picturesText } from './picture-words.ts';

/** The images of each class, what is wrong with them, and what they look like on average. */
export const dataCell: Cell = {
  id: 'data',
  title: { en: 'Data', ko: '데이터' },
  async render(run) {
    const { dataset, record } = run;
    if (dataset === null) return null;
    return html`<p>${origin(dataset, record)} ${picturesText(picturesOf(record.data))}</p>
      ${dataset.files && html`<p>${filesText(dataset.files)}</p>`}
      ${dataFaults(dataset, run.evaluation !== null)} ${classSamples(dataset)}
      ${meanImages(dataset, run)} ${augmentedImages(dataset, record.configuration.augment ?? null)}
      ${missing(dataset)} ${fewImages(dataset)}
      <p>
        ${balance(dataset)}
        ${{
          en: 'A rare class hardly counts in the accuracy: look at its recall in the scores of each class.',
          ko: '드문 클래스는 정확도에 거의 반영되지 않으므로 클래스별 점수에서 재현율을 확인하십시오.',
        }}
      </p>
      ${curiousFold([await valueHistogram(dataset)], pixelValues)}
      ${detailFold({ en: 'The images of each class as a table', ko: '클래스별 이미지 수를 표로 보기' }, countTable(dataset, record.data.classWeights))}
      ${sourceFold(code(run))} ${attribution(record.data)}`;
  },
};

const pixelValues: Text = { en: 'Pixel values', ko: '픽셀값' };

function attribution({ attribution: text }: Run['record']['data']): Html {
  const translated = attributionText(text);
  if (translated === null) return html`<p class="attribution" lang="en">${text}</p>`;
  return html`<p class="attribution">${translated}</p>`;
}

function code({ name }: Run): string {
  return `import { readRun, samplePicture, toPngUrl } from '@convbook/report';

const { dataset } = readRun(${quote(`reports/${name}`)});
if (dataset) {
  console.table({ train: dataset.train.perClass, test: dataset.test.perClass });
  for (const mean of dataset.meanImages) {
    console.log(toPngUrl(samplePicture(mean, dataset.sampleShape)));
  }
}`;
}
