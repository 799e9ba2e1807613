import {
  detailFold,
  formatCount,
  formatNumber,
  formatPlural,
  formatShape,
  html,
  quote,
  sourceFold,
  type Html,
  type Text,
} from '@convbook/page';
import { pictureImage, scaleLegend } from '@convbook/page/images';
import type { FilterSnapshot, Run } from '@convbook/run';
import { filterAnswers } from '../explain/filter-answers.ts';
import { colourFilterPicture, filterPicture, largestWeight } from '../images/filters.ts';
import type { Cell } from './cell.ts';
import { deeperFilters } from './deeper-filters.ts';
import { filterColumns, mostShown } from './filter-grid.ts';
import { likenessTable, resemblances } from './filter-resemblance.ts';
import { deadOf, deadText, twinsText } from './filter-sentences.ts';
import { filterSlider } from './filter-slider.ts';
import { filterTable } from './filter-table.ts';

/** The first convolution's filters, before and after training. */
export const filtersCell: Cell = {
  id: 'filters',
  title: { en: 'Filters', ko: '필터' },
  render(run, _live, networks) {
    const after = run.snapshots.at(-1);
    if (after === undefined) return null;
    const start = run.snapshots[0];
    const before = start !== after && start.step === 0 ? start : null;
    const isTrained = after.step > 0;
    const answers = networks === null ? null : filterAnswers(run, networks.trained);
    const dead = deadOf(answers);
    const scales = scalesOf(before, after);
    const resemblance = { en: 'What each filter resembles', ko: '필터가 닮은 것' };
    return html`<p>
        ${reading(after)} ${finding(before, after)} ${isTrained && answers && deadText(answers)}
        ${isTrained && twinsText(before, after, dead)}
      </p>
      ${beforeAndAfter(before, after, scales, filterSlider(run.snapshots, scales.after))}
      ${after.shape[1] === 3 && inColour(after)}
      ${
        isTrained &&
        detailFold(
          resemblance,
          html`<p>${resemblances(before, after, dead)}</p>
            ${likenessTable(before, after, dead)}`,
        )
      }
      ${detailFold({ en: 'The filters as a table', ko: '필터를 표로 보기' }, filterTable(before, after))}
      ${deeperFilters(networks, answers)} ${sourceFold(code(run))}`;
  },
};

/** The weight in full colour before and after training. */
interface Scales {
  readonly before: number;
  readonly after: number;
}

/** One scale for both, or a scale for each where the initial weights would hardly be visible on one. */
function scalesOf(before: FilterSnapshot | null, after: FilterSnapshot): Scales {
  const [first, last] = [before === null ? 0 : largestWeight(before), largestWeight(after)];
  const both = Math.max(first, last);
  return first > 0 && first <= both / 3
    ? { before: first, after: last }
    : { before: both, after: both };
}

function beforeAndAfter(
  before: FilterSnapshot | null,
  after: FilterSnapshot,
  scales: Scales,
  slider: Html | null,
): Html {
  const [filters, channels] = after.shape;
  const isShared = scales.before === scales.after;
  const title = after.step === 0 ? beforeTraining : afterStep(after);
  return html`<figure class="wide filters">
    <div class="panels">
      ${before && panel(before, scales.before, isShared ? beforeTraining : enlarged(scales))}
      ${panel(after, scales.after, title)} ${slider}
    </div>
    <figcaption>
      ${before && html`${isShared ? sameScale : ownScales} `}
      ${channels > 1 && html`${sideBySide} `} ${filters > mostShown && firstOf(filters)}
    </figcaption>
  </figure>`;
}

const sameScale: Text = { en: 'Both are on the same scale.', ko: '둘 다 같은 눈금을 씁니다.' };
const ownScales: Text = {
  en: 'Each has its own colour scale: on the scale of the trained filters, the initial weights would be invisible.',
  ko: '색 눈금을 따로 맞췄습니다. 학습된 필터의 눈금으로는 초기 가중치가 보이지 않기 때문입니다.',
};

function enlarged({ before, after }: Scales): Text {
  const times = formatNumber(after / before, 2);
  return {
    en: `Before training, colours ${times} times as strong`,
    ko: `학습 전, 색을 ${times}배 진하게`,
  };
}

const beforeTraining: Text = { en: 'Before training', ko: '학습 전' };

const sideBySide: Text = {
  en: 'The input channels of a filter stand side by side.',
  ko: '한 필터의 입력 채널들을 나란히 놓았습니다.',
};

function afterStep({ step }: FilterSnapshot): Text {
  return { en: `After step ${formatCount(step)}`, ko: `${formatCount(step)}스텝 뒤` };
}

function firstOf(filters: number): Text {
  return {
    en: `The first ${mostShown} of ${formatCount(filters)} filters.`,
    ko: `필터 ${formatCount(filters)}개 중 처음 ${mostShown}개입니다.`,
  };
}

/** How filters are looked at. */
function reading({ shape: [filters, channels, height, width] }: FilterSnapshot): Text {
  const weights = channels * height * width;
  const shape = formatShape(channels === 1 ? [height, width] : [channels, height, width]);
  return {
    en: `Each of the ${formatPlural(filters, 'filter')} of the first convolution has ${formatPlural(weights, 'weight')} (${shape}). Its map is strong where positive weights (blue) meet bright parts of the image and negative ones (orange) dark parts. Edges, strokes and blobs should have taken the place of noise, each filter different. If most stay noise, train longer; if many look the same, use fewer filters.`,
    ko: `첫 번째 합성곱의 필터 ${formatCount(filters)}개는 각각 가중치 ${formatCount(weights)}개(${shape})를 가집니다. 양의 가중치(파랑)가 이미지의 밝은 곳과, 음의 가중치(주황)가 어두운 곳과 겹치는 위치에서 맵의 값이 커집니다. 잡음 대신 경계, 획, 덩어리 같은 구조가 필터마다 다르게 나타나야 합니다. 대부분 잡음으로 남았다면 더 오래 학습하고, 똑같아 보이는 필터가 많다면 필터 수를 줄이십시오.`,
  };
}

function panel(snapshot: FilterSnapshot, limit: number, title: Text): Html {
  const [filters, , height, width] = snapshot.shape;
  const tiles = Array.from({ length: Math.min(filters, mostShown) }, (_, filter) => {
    return html`<div>
      ${pictureImage(filterPicture(snapshot, filter, limit), '')}<span>${filter + 1}</span>
    </div>`;
  });
  const columns = filterColumns(snapshot.shape);
  const [shape, most] = [formatShape([height, width]), formatNumber(largestWeight(snapshot), 2)];
  const alt = {
    en: `${title.en}: ${formatPlural(filters, 'filter')} of ${shape}, largest absolute weight ${most}`,
    ko: `${title.ko}: ${shape} 필터 ${formatCount(filters)}개, 가중치의 최대 절댓값 ${most}`,
  };
  return html`<div class="panel">
    <p class="chart-title">${title}</p>
    <div class="tiles" style="--columns:${columns}" role="img" aria-label="${alt}">${tiles}</div>
    ${legend(limit)}
  </div> `;
}

/** The filters of colour pictures as the colours that they respond to. */
function inColour(snapshot: FilterSnapshot): Html {
  const limit = largestWeight(snapshot);
  const shown = Math.min(snapshot.shape[0], mostShown);
  const tiles = Array.from({ length: shown }, (_, filter) => {
    const picture = pictureImage(colourFilterPicture(snapshot, filter, limit), '');
    return html`<div>${picture}<span>${filter + 1}</span></div>`;
  });
  const title = { en: 'The same filters in colour', ko: '같은 필터를 색으로 나타낸 것' };
  return html`<figure class="filters">
    <p class="chart-title">${title}</p>
    <div class="tiles" style="--columns:8" role="img" aria-label="${title}">${tiles}</div>
    <figcaption>
      ${{
        en: 'Red, green and blue weights as one colour: grey is 0. A coloured filter responds to that colour, a grey one only to bright and dark.',
        ko: '빨강, 초록, 파랑 가중치를 한 색으로 합쳤으며 회색이 0입니다. 색이 있는 필터는 그 색에, 무채색 필터는 명암에만 반응합니다.',
      }}
    </figcaption>
  </figure>`;
}

function legend(limit: number): Html {
  const end = formatNumber(limit, 2);
  return scaleLegend(
    {
      en: `Colour scale: orange at −${end}, no colour at 0, blue at +${end}`,
      ko: `색 눈금: −${end} 주황, 0 무색, +${end} 파랑`,
    },
    end,
  );
}

function finding(before: FilterSnapshot | null, after: FilterSnapshot): Text | null {
  if (before === null || after.step === 0) return null;
  const [from, to] = [before, after].map((snapshot) => formatNumber(largestWeight(snapshot), 2));
  return {
    en:
      from === to
        ? `Here the largest weight stayed at ${to}.`
        : `Here the largest weight went from ${from} to ${to}.`,
    ko:
      from === to
        ? `여기서 가중치의 최대 절댓값은 학습 전과 뒤 모두 ${to}입니다.`
        : `여기서 가중치의 최대 절댓값은 학습 전 ${from}, 학습 뒤 ${to}입니다.`,
  };
}

function code({ name }: Run): string {
  return `import { filterPicture, largestWeight, readRun, toPngUrl } from '@convbook/report';

const { snapshots } = readRun(${quote(`reports/${name}`)});
const limit = Math.max(...snapshots.map(largestWeight)); // one scale for all
for (const snapshot of snapshots) {
  console.log(snapshot.step, toPngUrl(filterPicture(snapshot, 0, limit)));
}`;
}
