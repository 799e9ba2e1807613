import {
  detailFold,
  formatPercent,
  formatShape,
  formatSigned,
  html,
  quote,
  renderTable,
  sourceFold,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run, Samples } from '@convbook/run';
import { layerRows, toInput } from '@convbook/runtime/network';
import { receptiveField } from '@convbook/runtime/explain';
import { likeAndUnlike, pairsOfClasses } from '../explain/chosen-samples.ts';
import { affordable } from '../explain/cost.ts';
import { layerLikeness, type LayerLikeness } from '../explain/layer-likeness.ts';
import type { Networks } from '../explain/networks.ts';
import type { Cell } from './cell.ts';
import { excitingImagesFigure } from './exciting-images.ts';
import { layerMaps } from './layer-maps.ts';
import { leftOut } from './left-out.ts';
import { patchesFigure } from './patches-figure.ts';

/** Classes of which two images each are compared. */
const mostClasses = 10;
const leastImages = 4;

/** Samples through every layer, and what excites each filter. */
export const featureMapsCell: Cell = {
  id: 'feature-maps',
  title: { en: 'Feature maps', ko: '특징 맵' },
  render(run, live, networks) {
    const { evaluation, samples } = run;
    if (evaluation === null || samples === null || networks === null) return null;
    const { model } = networks.trained;
    const hasMaps = layerRows(model).some(({ layer }) => layer.outputShape.length === 3);
    const indexes = likeAndUnlike(run);
    if (!hasMaps || model.input.length !== 3 || indexes.length === 0) return null;
    return html`<p>
        ${{
          en: 'Test images on their way through the trained network. Early maps still look like the image; deeper maps are smaller, and details turn into more and more abstract features. Images of one class should become more alike, and images of different classes less alike. If a layer stays blank or the same for every image, lower the learning rate.',
          ko: '시험 이미지가 학습된 신경망을 층마다 지나는 모습입니다. 앞쪽 층의 맵은 아직 이미지처럼 보입니다. 깊은 층의 맵은 더 작고, 세부 정보가 점점 추상적인 특징으로 바뀝니다. 같은 클래스의 이미지는 서로 닮아 가고 다른 클래스의 이미지는 달라지는지 보십시오. 비어 있거나 어떤 이미지에도 똑같은 층이 있으면 학습률을 낮추십시오.',
        }}
        ${live !== null && html`<span class="hint">${hint}</span>`}
      </p>
      ${layerMaps(networks.trained, samples, indexes, run.record.data.classNames)}
      ${alikeness(run, samples, networks)}
      <div class="wide abreast">
        ${abreast(patchesFigure(networks.trained, run, samples))}
        ${abreast(excitingImagesFigure(networks, run))}
      </div>
      ${sourceFold(code(run))}`;
  },
};

/** A figure with its words, one of two. */
function abreast(content: Html | null): Html | null {
  return content && html`<div>${content}</div>`;
}

const hint: Text = {
  en: 'Choose other test images under those at the top.',
  ko: '맨 위 이미지 아래에서 다른 시험 이미지를 고를 수 있습니다.',
};

/** How alike pairs of images become from layer to layer, with a table. */
function alikeness(run: Run, { images }: Samples, { trained, untrained }: Networks): Html | null {
  const fitting = affordable(trained.model, 2 * leastImages, 4 * mostClasses);
  const count = Math.floor(fitting / 4);
  if (count === 0) return leftOut(trained.model);
  const pairs = pairsOfClasses(run, count);
  if (pairs.length < 2) return null;
  const chosen = pairs.flat().map((index) => images.get(index) as Uint8Array);
  const x = toInput(chosen, trained);
  const found = layerLikeness(trained, x, 2 * pairs.length);
  const earlier = layerLikeness(untrained, x, 2 * pairs.length);
  const [input, last, first] = [found[0], found.at(-1) ?? found[0], earlier.at(-1) ?? earlier[0]];
  const figures = ({ sameClass, otherClass }: LayerLikeness): Text => {
    const [same, other] = [sameClass, otherClass].map(formatSigned);
    return {
      en: `${same} for two images of one class and ${other} for two of different classes`,
      ko: `같은 클래스의 두 장은 ${same}, 다른 클래스의 두 장은 ${other}`,
    };
  };
  const [pixels, end, begin] = [input, last, first].map(figures);
  const name = last.row?.name ?? '';
  const table = renderTable<LayerLikeness>({
    caption: { en: 'How alike two images are in each layer', ko: '층마다 두 이미지가 닮은 정도' },
    columns: [
      {
        head: { en: 'Values of', ko: '값' },
        heading: true,
        value: ({ row }) => row?.name ?? { en: 'input', ko: '입력' },
      },
      {
        head: { en: 'Output', ko: '출력' },
        value: ({ row }) => formatShape(row?.layer.outputShape ?? trained.model.input),
      },
      {
        head: { en: 'Receptive field', ko: '수용 영역(receptive field)' },
        value: ({ row }) => sees(row, trained.model.layers),
      },
      {
        head: { en: 'Not zero', ko: '0이 아님' },
        numeric: true,
        value: ({ active }) => formatPercent(active, 0),
      },
      {
        head: { en: 'Correlation, same class', ko: '상관계수, 같은 클래스' },
        numeric: true,
        value: ({ sameClass }) => formatSigned(sameClass),
      },
      {
        head: { en: 'Correlation, different classes', ko: '상관계수, 다른 클래스' },
        numeric: true,
        value: ({ otherClass }) => formatSigned(otherClass),
      },
    ],
    rows: found,
  });
  return detailFold(
    { en: 'How alike two images become, layer by layer', ko: '층마다 두 이미지가 닮아 가는 정도' },
    html`<p>
        ${{
          en: `Over two correctly classified images of each of ${pairs.length} classes: the mean correlation of the pixels is ${pixels.en}; of the values of ${name}, at the end, it is ${end.en}. Random weights, as before training, give ${begin.en}. Training should widen the gap between the two, from layer to layer.`,
          ko: `바르게 분류된 클래스 ${pairs.length}개의 이미지 두 장씩에서 잰 수치입니다. 픽셀의 상관계수는 ${pixels.ko}이고, 마지막 ${name} 층 값의 상관계수는 ${end.ko}입니다. 학습 전의 무작위 가중치로는 같은 자리에서 ${begin.ko}입니다. 학습하면 층을 지날수록 둘의 차이가 벌어져야 합니다.`,
        }}
      </p>
      ${table}`,
  );
}

function sees(
  row: LayerLikeness['row'],
  layers: Networks['trained']['model']['layers'],
): Text | string {
  if (row === null) return '–';
  const field = receptiveField(layers.slice(0, row.to));
  return field === null ? { en: 'the whole input', ko: '입력 전체' } : formatShape(field.size);
}

function code({ name }: Run): string {
  return `import { readNetworks, readRun } from '@convbook/report';
import { forward, layerRows, partOf, toInput } from '@convbook/runtime/network';
import { topPatches } from '@convbook/runtime/explain';

const directory = ${quote(`reports/${name}`)};
const { samples } = readRun(directory);
const network = (await readNetworks(directory))?.trained;
if (samples && network) {
  const indexes = [...samples.images.keys()];
  const rows = layerRows(network.model);
  let values = toInput([samples.images.get(indexes[0])], network);
  for (const { name, from, to } of rows) {
    values = forward(partOf(network, from, to), values);
    console.log(name, values);
  }
  const [first] = rows.filter(({ layer }) => layer.spec.kind === 'conv2d');
  if (first) console.log(topPatches(network, [first], samples, indexes)[0].filters);
}`;
}
