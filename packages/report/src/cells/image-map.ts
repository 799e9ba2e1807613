// Test images as points of a plane: those that the network sees as alike lie close together.
import {
  formatCount,
  formatList,
  formatPercent,
  formatPlural,
  html,
  quote,
  sourceFold,
  type Text,
} from '@convbook/page';
import type { Run } from '@convbook/run';
import { imagePositions, type ImagePositions } from '../explain/image-positions.ts';
import type { Cell } from './cell.ts';
import { colouredClasses, mapField, mapLegend } from './image-map-field.ts';
import { leftOut } from './left-out.ts';

/** The last hidden layer in two dimensions. */
export const imageMapCell: Cell = {
  id: 'image-map',
  title: { en: 'A map of the images', ko: '이미지 지도' },
  render(run, _live, networks) {
    if (networks === null || run.evaluation === null) return null;
    const found = imagePositions(networks, run);
    if (found === null) return null;
    if (found === 'too large') return leftOut(networks.trained.model);
    if (found === 'all alike') return html`<p>${allAlike}</p>`;
    const names = run.record.data.classNames;
    const coloured = colouredClasses(run.evaluation);
    const alt = joined(amountOf(found), findingOf(found, names));
    return html`<figure class="wide image-map" data-image-map>
        <p>${reading(found)} ${findingOf(found, names)} ${controls(found)}</p>
        ${mapField(found.images, { coloured, names, alt })} ${mapLegend(coloured, names)}
        <div data-map-answers hidden></div>
        <figcaption>
          ${caption(found)} ${coloured.length < names.length && onlyColoured(coloured.length)}
          <span class="hint" data-map-hint hidden>${hint}</span>
        </figcaption>
      </figure>
      ${sourceFold(code(run))}`;
  },
};

const allAlike: Text = {
  en: 'The last hidden layer gives the same for every test image, so there is nothing to draw. A lower learning rate usually brings it back.',
  ko: '마지막 은닉층이 모든 시험 이미지에 같은 값을 내므로 그릴 것이 없습니다. 대개 학습률을 낮추면 되살아납니다.',
};

const hint: Text = {
  en: 'Point at an image to see it, and click to open it. Drag a frame around several to list them. A class in the legend is hidden by a click. By keyboard: arrow keys go from image to image, Enter opens, Space begins and ends a frame, Escape removes it.',
  ko: '점을 가리키면 이미지가 보이고 누르면 열립니다. 끌어서 사각형을 그리면 그 안의 이미지가 아래에 나옵니다. 범례의 클래스를 누르면 그 점들을 숨깁니다. 키보드로는 화살표 키로 옮기고, Enter로 열고, 스페이스 바로 사각형을 시작하고 끝내며, Esc로 지웁니다.',
};

function reading({ layer, dimensions, shares }: ImagePositions): Text {
  const share = formatPercent(shares[0] + shares[1], 0);
  const values = formatCount(dimensions);
  return {
    en: `Each point is a test image. ${layer === null ? `The model has no hidden layer: the ${values} values of its input` : `The ${values} values of the last hidden layer, ${layer},`} are seen along the two directions in which they vary most (PCA); these hold ${share} of the variance. Look for groups of one colour, and for mistakes, which are ringed: between two groups the model was unsure; deep inside a foreign group, check the label.`,
    ko: `점 하나가 시험 이미지 한 장입니다. ${layer === null ? `은닉층이 없는 모델이므로 입력값 ${values}개를` : `마지막 은닉층 ${layer}의 값 ${values}개를`} 가장 크게 변하는 두 방향(주성분 분석, PCA)으로 본 것이며, 두 방향이 분산의 ${share}를 담습니다. 같은 색끼리 모였는지, 테두리를 두른 틀린 예측이 어디에 있는지 보십시오. 두 무리 사이에 있으면 모델이 망설인 것이고, 다른 무리 한가운데 있으면 레이블을 확인해 볼 만합니다.`,
  };
}

/** The classes that overlap in the plane. */
function findingOf({ mixed }: ImagePositions, names: readonly string[]): Text {
  if (mixed.length === 0) {
    return { en: 'Here no two classes overlap.', ko: '여기서는 겹치는 클래스가 없습니다.' };
  }
  const pairs = mixed.slice(0, 3).map(({ labels }) => labels.map((label) => names[label]));
  return {
    en: `Here these overlap most: ${formatList(pairs.map((pair) => pair.join('–')))}.`,
    ko: `여기서 가장 많이 겹치는 클래스: ${pairs.map((pair) => pair.join('–')).join(', ')}.`,
  };
}

/** Says how much the plane loses of the layer, and how much training has added. */
function controls({ sample, testSet, dimensions }: ImagePositions): Text | null {
  if (sample === null) return null;
  const [plane, layer, before] = [sample.inPlane, sample.inLayer, sample.untrained].map((share) =>
    formatPercent(share, 0),
  );
  const values = formatCount(dimensions);
  const count = formatCount(sample.images);
  const isWhole = sample.images === testSet.images;
  return {
    en: `${isWhole ? `Of all ${count} test images` : `Of ${count} images drawn in proportion to the test set`}, ${plane} have a nearest neighbour of the same label in the plane, and ${layer} in all ${values} values: what overlaps here may be apart there. With the random weights before training, the plane had ${before}.`,
    ko: `${isWhole ? `시험 이미지 ${count}장 전체` : `시험 집합과 같은 비율로 뽑은 ${count}장`}에서 가장 가까운 이웃의 정답이 같은 이미지는 평면에서 ${plane}, 값 ${values}개 전체에서는 ${layer}입니다. 여기서 겹쳐도 전체에서는 떨어져 있을 수 있습니다. 학습 전의 무작위 가중치로는 평면에서 ${before}였습니다.`,
  };
}

function amountOf(found: ImagePositions): Text {
  const { images } = found;
  const wrong = formatCount(wrongOf(found));
  return {
    en: `${formatPlural(images.length, 'test image')}, ${wrong} of them misclassified.`,
    ko: `시험 이미지 ${formatCount(images.length)}장, 그중 틀린 것 ${wrong}장.`,
  };
}

function wrongOf({ images }: ImagePositions): number {
  return images.filter(({ isRight }) => !isRight).length;
}

/** How the images were chosen: mistakes are more frequent among them than in the test set. */
function choice(found: ImagePositions): Text {
  const { way, images, testSet, sample } = found;
  const all = formatCount(testSet.images);
  const rate = formatPercent(testSet.wrong / testSet.images, 1);
  const whole = {
    en: `In the whole test set, ${rate} are misclassified.`,
    ko: `시험 집합 전체에서는 오답이 ${rate}입니다.`,
  };
  switch (way) {
    case 'whole':
      return { en: 'They are the whole test set.', ko: '시험 집합 전체입니다.' };
    case 'kept':
      return {
        en: `They are all that the run keeps of ${all}. ${whole.en}`,
        ko: `시험 이미지 ${all}장 가운데 실행에 남은 것 전부입니다. ${whole.ko}`,
      };
    case 'sample': {
      const drawn = sample?.images ?? 0;
      const [own, more] = [formatCount(drawn), formatCount(images.length - drawn)];
      const isEvery = wrongOf(found) === testSet.wrong;
      return {
        en: `${own} are drawn from ${all} in proportion to the test set. ${isEvery ? `The other ${more} are all further mistakes.` : `The other ${more} are further mistakes, evenly over the classes, the worst first.`} ${whole.en}`,
        ko: `${own}장은 클래스와 오답의 비율이 시험 집합과 같도록 ${all}장에서 뽑았고, ${isEvery ? `거기에 없는 틀린 이미지 ${more}장을 모두 더했습니다.` : `틀린 이미지 ${more}장을 클래스마다 고르게, 크게 틀린 것부터 더했습니다.`} ${whole.ko}`,
      };
    }
    case 'by-class':
      return {
        en: `They are chosen from ${all}, wrong and right ones each evenly over the classes; the run keeps too few to measure how far the classes of the test set lie apart. ${whole.en}`,
        ko: `시험 이미지 ${all}장에서 틀린 것과 맞은 것을 각각 클래스마다 고르게 골랐습니다. 실행에 남은 이미지로는 시험 집합의 클래스들이 얼마나 떨어져 있는지 잴 수 없습니다. ${whole.ko}`,
      };
    default:
      return way satisfies never;
  }
}

function caption(found: ImagePositions): Text {
  const [across, up] = found.shares.map((share) => formatPercent(share, 1));
  const { en, ko } = joined(amountOf(found), choice(found));
  return {
    en: `${en} Across: ${across} of the variance; up: ${up}; both on the same scale.`,
    ko: `${ko} 가로축은 분산의 ${across}, 세로축은 ${up}이며, 두 축의 눈금은 같습니다.`,
  };
}

function onlyColoured(count: number): Text {
  return {
    en: `The ${count} classes with the most mistakes have colours.`,
    ko: `틀린 예측이 가장 많은 클래스 ${count}개에만 색을 넣었습니다.`,
  };
}

function joined(...texts: readonly Text[]): Text {
  return { en: texts.map(({ en }) => en).join(' '), ko: texts.map(({ ko }) => ko).join(' ') };
}

function code({ name }: Run): string {
  return `import { imagePositions, readNetworks, readRun } from '@convbook/report';

const directory = ${quote(`reports/${name}`)};
const networks = await readNetworks(directory);
if (networks) {
  const found = imagePositions(networks, readRun(directory));
  if (typeof found === 'object' && found) console.table(found.images.slice(0, 20));
}`;
}
