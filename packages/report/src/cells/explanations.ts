import {
  detailFold,
  formatCount,
  formatNumber,
  formatPlural,
  formatShape,
  formatSigned,
  html,
  inLanguages,
  quote,
  renderTable,
  sourceFold,
  type Html,
  type Text,
} from '@convbook/page';
import { largestSize } from '@convbook/core';
import { scaleLegend } from '@convbook/page/images';
import type { Run } from '@convbook/run';
import { camLayer } from '@convbook/runtime/explain';
import { correlation } from '../analysis/correlation.ts';
import { samplesToExplain } from '../explain/chosen-samples.ts';
import {
  affordableImages,
  explain,
  occluder,
  type Explanation,
  type Method,
} from '../explain/explain.ts';
import { methodNames } from '../explain/map-text.ts';
import type { Networks } from '../explain/networks.ts';
import type { Cell } from './cell.ts';
import { curiousFold } from './curious-fold.ts';
import { explanationCard } from './explanation-card.ts';
import { leftOut } from './left-out.ts';

const scaleDescription: Text = {
  en: 'Colour scale of a map: orange at minus its largest absolute value, no colour at 0, blue at plus its largest absolute value',
  ko: '맵의 색 눈금: −최대 절댓값 주황, 0 무색, +최대 절댓값 파랑',
};

/** Which parts of an image an answer rests on, by three methods and their check. */
export const explanationsCell: Cell = {
  id: 'explanations',
  title: { en: 'Why it says so', ko: '왜 그렇게 예측했는가' },
  render(run, _live, networks) {
    const { evaluation, samples } = run;
    if (evaluation === null || samples === null || networks === null) return null;
    const { model } = networks.trained;
    if (model.input.length !== 3) return null;
    const count = affordableImages(model);
    if (count === 0) return leftOut(model);
    const wrong = Math.floor(count / 3);
    const indexes = samplesToExplain(run, count - wrong, wrong);
    if (indexes.length === 0) return null;
    const fill = occluder(run.dataset);
    const found = explain(networks, samples, evaluation.labels, indexes, fill);
    const [inView, others] = firstRow(found);
    const card = (one: Explanation) => explanationCard(one, samples, run.record.data.classNames);
    return html`<p>
        ${{
          en: `Each map colours what the prediction is based on, according to one method. Below it is the same method with the random weights that the network had before its first step (seed ${networks.seed}). The maps should lie on the object, and training should have changed them. If they lie on the background, train on images with other backgrounds. If a map looks the same with random weights, ignore that method here: it shows the image, not what was learned.`,
          ko: `각 맵은 예측의 근거가 된 곳을 방법별로 칠한 것입니다. 그 아래는 같은 방법을 첫 스텝 이전의 무작위 가중치(시드 ${networks.seed})에 적용한 것입니다. 맵이 물체 위에 있고 학습으로 달라졌는지 보십시오. 맵이 배경 위에 있으면 배경이 다양한 이미지로 학습하십시오. 무작위 가중치에서도 맵이 같아 보이면 여기서는 그 방법을 믿지 마십시오. 배운 것이 아니라 이미지 자체를 보여 주는 것입니다.`,
        }}
      </p>
      <figure class="wide">
        <div class="explanations" data-image-list>${inView.map(card)}</div>
        ${scaleLegend(scaleDescription, { en: 'largest', ko: '최댓값' })}
        <figcaption>
          ${{
            en: 'Each map has its own scale, up to its largest value, over a faint copy of the image: on a common scale the maps of the random network, whose logits are small, would be blank. A blank Grad-CAM means that overall no map supports the class.',
            ko: '맵마다 최댓값에 따로 맞춘 눈금을 쓰며, 흐린 이미지 위에 겹쳐 놓았습니다. 같은 눈금을 쓰면 로짓이 작은 무작위 신경망의 맵은 비어 보이기 때문입니다. 빈 Grad-CAM은 전체적으로 그 클래스를 지지하는 맵이 없다는 뜻입니다.',
          }}
          ${last(found)}
        </figcaption>
      </figure>
      <p>
        ${{
          en: 'The maps do not prove that changing the coloured parts would change the prediction, nor that the prediction is right. Where the three disagree, trust none of them.',
          ko: '이 맵들은 칠해진 부분을 바꾸면 예측이 달라진다는 것도, 예측이 옳다는 것도 증명하지 않습니다. 셋이 서로 다르면 어느 것도 믿지 마십시오.',
        }}
      </p>
      ${detailFold(
        { en: 'How each map is computed', ko: '맵을 계산하는 방법' },
        html`<ul>
          ${explained(found, networks, fill)}
        </ul>`,
      )}
      ${others.length > 0 && curiousFold([html`<div class="explanations">${others.map(card)}</div>`], moreImages(others.length))}
      ${detailFold(
        { en: 'Compared with the random network', ko: '무작위 신경망과 비교' },
        html`<p>${check(found)}</p>
          ${mapTable(found)}`,
      )}
      ${sourceFold(code(run, fill))}`;
  },
};

/** Cards in a row where the window is wide. */
const inRow = 3;

/** The images of the first row, the last of which is the worst mistake, and the others. */
function firstRow(found: readonly Explanation[]): readonly Explanation[][] {
  const wrong = found.find(({ label, says }) => label !== says);
  const right = found.filter((one) => one !== wrong);
  const shown = wrong === undefined ? inRow : inRow - 1;
  return [[...right.slice(0, shown), ...(wrong ? [wrong] : [])], right.slice(shown)];
}

function moreImages(count: number): Text {
  return {
    en: formatPlural(count, 'more image'),
    ko: `이미지 ${formatCount(count)}장 더 보기`,
  };
}

/** Which images were chosen. */
function last(found: readonly Explanation[]): Text {
  const wrong = found.filter(({ label, says }) => label !== says).length;
  if (wrong === 0) {
    return { en: 'All are classified correctly.', ko: '모두 바르게 분류된 이미지입니다.' };
  }
  return {
    en: `${wrong === 1 ? 'The wrong one is the worst mistake' : `The ${wrong} wrong ones are the worst mistakes`}; the others are classified correctly.`,
    ko: `틀린 ${wrong}장은 정답의 확률이 가장 낮은 것이고, 나머지는 바르게 분류된 이미지입니다.`,
  };
}

/** A sentence on each method: the quantity that it measures. */
function explained(found: readonly Explanation[], { trained }: Networks, fill: number): Html[] {
  const layer = camLayer(trained.model);
  const [patch, places] = [formatNumber(fill, 2), formatShape(layer?.shape.slice(1) ?? [])];
  const texts: Record<Method, Text> = {
    saliency: {
      en: 'how much the logit of the class changes with each pixel: the size of its gradient. It holds only for very small changes.',
      ko: '픽셀마다 클래스의 로짓이 얼마나 변하는지, 곧 기울기의 크기입니다. 아주 작은 변화에만 맞습니다.',
    },
    occlusion: {
      en: `how much the logit falls (blue) or rises (orange) when a patch, a fifth of the image’s rows and columns, covers a place; the patch has the value ${patch}. The network saw no such image in training.`,
      ko: `이미지 행과 열의 5분의 1 크기인 조각으로 가렸을 때 로짓이 얼마나 내려가는지(파랑) 올라가는지(주황)입니다. 조각의 값은 ${patch}입니다. 신경망이 학습에서 본 적이 없는 이미지입니다.`,
    },
    gradCam: {
      en: `where the maps of ${layer?.name} that raise the logit are active, found from the gradients at its activation (the last convolution with at least 4×4 positions); ${places} positions, stretched over the image. It leaves out what speaks against the class.`,
      ko: `${layer?.name} 층(위치가 4×4 이상인 마지막 합성곱)의 활성값에서 기울기를 구하여, 로짓을 올리는 맵이 활성화된 곳을 나타냅니다. 위치 ${places}개를 이미지 위에 늘여 놓았습니다. 클래스에 반대되는 근거는 빠집니다.`,
    },
  };
  return found[0].methods.map(
    ({ method }) => html`<li><b>${methodNames[method]}</b>: ${texts[method]}</li> `,
  );
}

/** How far training changed the maps, in a sentence. */
function check(found: readonly Explanation[]): Text {
  const means = found[0].methods.map(({ method }, k) => {
    const values = found.map(({ methods }) =>
      correlation(methods[k].trained, methods[k].untrained),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return inLanguages((language) => `${methodNames[method][language]} ${formatSigned(mean)}`);
  });
  return {
    en: `The check in numbers: over these ${found.length} images, the mean correlation between the maps of the trained and the random network is ${means.map(({ en }) => en).join(', ')}. Near 0 they have nothing in common; near 1 the method hardly depends on training.`,
    ko: `점검의 수치: 이 이미지 ${found.length}장에서 학습된 신경망과 무작위 신경망의 맵 사이의 평균 상관계수는 ${means.map(({ ko }) => ko).join(', ')}입니다. 0에 가까우면 둘에 공통점이 없고, 1에 가까우면 그 방법은 학습의 영향을 거의 받지 않는 것입니다.`,
  };
}

function mapTable(found: readonly Explanation[]): Html {
  return renderTable({
    caption: {
      en: 'The maps: their largest values, and the correlation between the two networks',
      ko: '맵의 최댓값과 두 신경망의 맵이 닮은 정도',
    },
    columns: [
      {
        head: { en: 'Test image', ko: '시험 이미지' },
        heading: true,
        value: ({ index }) => `#${index}`,
      },
      { head: { en: 'Method', ko: '방법' }, value: ({ maps }) => methodNames[maps.method] },
      {
        head: { en: 'Largest', ko: '최댓값' },
        numeric: true,
        value: ({ maps }) => formatNumber(largestSize(maps.trained)),
      },
      {
        head: { en: 'Largest, random weights', ko: '최댓값, 무작위 가중치' },
        numeric: true,
        value: ({ maps }) => formatNumber(largestSize(maps.untrained)),
      },
      {
        head: { en: 'Correlation', ko: '상관계수' },
        numeric: true,
        value: ({ maps }) => formatSigned(correlation(maps.trained, maps.untrained)),
      },
    ],
    rows: found.flatMap(({ index, methods }) => methods.map((maps) => ({ index, maps }))),
  });
}

function code({ name }: Run, fill: number): string {
  return `import { explain, overlayPicture, readNetworks, readRun, toPngUrl } from '@convbook/report';

const directory = ${quote(`reports/${name}`)};
const { evaluation, samples } = readRun(directory);
const networks = await readNetworks(directory); // trained, and as it began
if (evaluation && samples && networks) {
  const [index] = samples.images.keys();
  const image = samples.images.get(index);
  for (const one of explain(networks, samples, evaluation.labels, [index], ${fill})) {
    for (const { method, shape, trained, untrained } of one.methods) {
      for (const map of [trained, untrained]) {
        const limit = Math.max(...map.map(Math.abs));
        console.log(method, toPngUrl(overlayPicture(map, shape, image, samples.shape, limit)));
      }
    }
  }
}`;
}
