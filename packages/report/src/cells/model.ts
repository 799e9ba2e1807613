import { allRows, summarize, type LayerSummary, type ModelSummary } from '@convbook/layers';
import {
  detailFold,
  formatCount,
  formatList,
  formatNumber,
  formatPercent,
  formatShape,
  html,
  renderTable,
  sourceCode,
  type Html,
  type Text,
} from '@convbook/page';
import type { RunRecord } from '@convbook/run';
import { droppedLines, isCut } from '../analysis/dropped-lines.ts';
import { fullyConnected } from '../analysis/layer-formulas.ts';
import { filterText, pairText } from '../analysis/layer-words.ts';
import { volumeDiagram } from '../images/volumes.ts';
import type { Cell } from './cell.ts';
import { curiousFold } from './curious-fold.ts';
import { layerName } from './layer-name.ts';
import { ruleTable } from './layer-rules.ts';
import { modelSource } from './model-source.ts';
import { costTable, formulaTable } from './model-tables.ts';
import { modelTime } from './model-time.ts';
import { isFrozenIn, startText } from './start-text.ts';

/** Rows of a convolution's output. */
const outputRows = html`⌊(<i>H</i> + 2<i>P</i> − <i>F</i>) ∕ <i>S</i>⌋ + 1`;

/** The model's definition and what each layer does to its input. */
export const modelCell: Cell = {
  id: 'model',
  title: { en: 'Model', ko: '모델' },
  render(run) {
    const { record } = run;
    const summary = summarize(record.model);
    const time = modelTime(run);
    return html`<p>
        ${{
          en: 'A model is a list of layers; each reads the output of the one before it. This is the whole definition:',
          ko: '모델은 층의 목록이며, 각 층은 앞 층의 출력을 입력으로 받습니다. 정의 전체는 다음과 같습니다.',
        }}
      </p>
      <div class="wide abreast definition">
        ${sourceCode(modelSource(record.model))}
        <div>
          <figure>${costTable(summary)}</figure>
          <p>${shares(summary)}</p>
        </div>
      </div>
      <figure class="wide">
        ${volumeDiagram(summary)}
        <figcaption>
          ${{
            en: 'The data of one image, channels × rows × columns, on its way through the model. A box is as wide as its channels (logarithmically); a bar is a list of numbers.',
            ko: '이미지 한 장의 데이터(채널 × 행 × 열)가 모델을 지나는 모습입니다. 상자의 너비는 채널 수(로그), 막대는 수의 목록입니다.',
          }}
        </figcaption>
      </figure>
      ${blockText(summary)} ${startText(record)}
      <figure class="wide">${layerTable(summary, record)}${roundedDown(summary)}</figure>
      ${time && curiousFold([html`<p>${time.text}</p>`, time.table], whereTime)}
      ${detailFold(
        { en: 'The formulas with the numbers inserted', ko: '수를 넣은 식' },
        html`<p>
            ${{
              en: html`Shapes are channels × rows × columns of one image. A convolution of filter
                size <i>F</i>, stride <i>S</i> and padding <i>P</i> turns <i>H</i> rows into
                ${outputRows}, and pooling does the same with its window.`,
              ko: html`형상(shape)은 이미지 한 장의 채널 × 행 × 열입니다. 필터 크기 <i>F</i>,
                스트라이드 <i>S</i>, 패딩 <i>P</i>인 합성곱은 행 <i>H</i>개를 ${outputRows}개로
                바꾸며, 풀링도 윈도우 크기로 똑같이 계산합니다.`,
            }}
          </p>
          ${formulaTable(summary)} ${comparison(summary)}`,
      )}
      ${detailFold({ en: 'What each kind of layer computes', ko: '층의 종류마다 계산하는 것' }, ruleTable(record.model.layers))}`;
  },
};

const whereTime: Text = { en: 'Where the time goes', ko: '시간이 드는 곳' };

/** What a residual block is, where the model has one. */
function blockText({ layers }: ModelSummary): Html | null {
  if (!layers.some(({ inner }) => inner)) return null;
  return html`<p>
    ${{
      en: 'A residual block adds its input to the output of the layers inside it, which are indented under it: output = layers(input) + shortcut(input). So the layers learn only what to change. Where they change the shape, the shortcut is a 1×1 convolution. The row of a block has the sums of the rows inside it.',
      ko: '잔차 블록은 안에 있는 층들의 출력에 블록의 입력을 더합니다. 출력 = 층들(입력) + 지름길(입력)이므로 안의 층들은 입력을 어떻게 바꿀지만 배웁니다. 안의 층은 블록 아래에 들여 썼습니다. 형상이 바뀌는 곳에서는 지름길이 1×1 합성곱입니다. 블록의 행에는 안에 있는 행들의 합이 있습니다.',
    }}
  </p>`;
}

/** The layers with most parameters and with most multiply-adds. */
function shares({ layers, parameters, multiplyAdds }: ModelSummary): Text<Html> | null {
  if (parameters === 0 || multiplyAdds === 0) return null;
  const largest = layers.reduce((a, b) => (b.parameters > a.parameters ? b : a));
  const busiest = layers.reduce((a, b) => (b.multiplyAdds > a.multiplyAdds ? b : a));
  const size = formatPercent(largest.parameters / parameters, 1);
  const work = formatPercent(busiest.multiplyAdds / multiplyAdds, 1);
  const [one, other] = [largest, busiest].map(({ name }) => html`<code>${name}</code>`);
  return largest === busiest
    ? {
        en: html`Here ${one} has ${size} of the parameters and ${work} of the multiply-adds.`,
        ko: html`여기서는 ${one} 층에 매개변수의 ${size}와 곱셈-누산의 ${work}가 있습니다.`,
      }
    : {
        en: html`Here ${one} has ${size} of the parameters, while ${work} of the multiply-adds are
        in ${other}: a filter has few weights, but each is used at every position of the image.`,
        ko: html`여기서는 ${one} 층에 매개변수의 ${size}가 있고, 곱셈-누산의 ${work}는 ${other} 층에
        있습니다. 필터의 가중치는 적지만 이미지의 모든 위치에서 쓰이기 때문입니다.`,
      };
}

/** The cost of the same model if every output saw every input. */
function comparison(summary: ModelSummary): Html | null {
  if (!allRows(summary.layers).some(({ kind }) => kind === 'conv2d')) return null;
  const { widths, parameters } = fullyConnected(summary);
  const ratio = parameters / summary.parameters;
  const times = ratio < 100 ? formatNumber(ratio, 2) : formatCount(Math.round(ratio));
  const outputs = widths.map(formatCount).join(' → ');
  return html`<p>
    ${{
      en: `A fully connected network with the same number of outputs in each layer (${outputs}) would have ${formatCount(parameters)} parameters, ${times} times as many: a convolution shares its weights between all positions of an image and sees only one window at a time.`,
      ko: `층마다 출력 수가 같은 완전연결 신경망(${outputs})이라면 매개변수가 ${formatCount(parameters)}개로 ${times}배가 됩니다. 합성곱은 이미지의 모든 위치에서 가중치를 함께 쓰고 한 번에 윈도우 하나만 보기 때문입니다.`,
    }}
  </p>`;
}

function layerTable({ layers, ...totals }: ModelSummary, record: RunRecord): Html {
  return renderTable<LayerSummary>({
    caption: {
      en: 'Layers, with shapes and counts for one image',
      ko: '층별 형상과 수, 이미지 한 장 기준',
    },
    columns: [
      {
        head: { en: 'Layer', ko: '층' },
        heading: true,
        value: (layer) =>
          isFrozenIn(record, layer.name)
            ? html`${layerName(layer)} ${{ en: '(frozen)', ko: '(동결)' }}`
            : layerName(layer),
      },
      { head: { en: 'Input', ko: '입력' }, value: ({ inputShape }) => formatShape(inputShape) },
      { head: { en: 'Filter', ko: '필터' }, value: (layer) => filterText(layer) ?? '–' },
      { head: { en: 'Stride', ko: '스트라이드' }, value: ({ stride }) => pairText(stride) ?? '–' },
      { head: { en: 'Padding', ko: '패딩' }, value: ({ padding }) => pairText(padding) ?? '–' },
      {
        head: { en: 'Activation', ko: '활성화 함수' },
        value: ({ activation }) => activation ?? '–',
      },
      {
        head: { en: 'Output', ko: '출력' },
        value: (layer) => `${formatShape(layer.outputShape)}${isCut(layer) ? ' *' : ''}`,
      },
      {
        head: { en: 'Parameters', ko: '매개변수' },
        numeric: true,
        value: ({ parameters }) => formatCount(parameters),
      },
      {
        head: { en: 'Without bias', ko: '편향 제외' },
        numeric: true,
        value: ({ parametersWithoutBias }) => formatCount(parametersWithoutBias),
      },
      {
        head: { en: 'Multiply-adds', ko: '곱셈-누산(MAC)' },
        numeric: true,
        value: ({ multiplyAdds }) => formatCount(multiplyAdds),
      },
    ],
    rows: allRows(layers),
    total: [
      html`<strong>${{ en: 'Total', ko: '합계' }}</strong>`,
      ...Array.from({ length: 6 }, () => null),
      html`<strong>${formatCount(totals.parameters)}</strong>`,
      html`<strong>${formatCount(totals.parametersWithoutBias)}</strong>`,
      html`<strong>${formatCount(totals.multiplyAdds)}</strong>`,
    ],
  });
}

/** Which rows and columns the ⌊…⌋ of the formula leaves out, where it does. */
function roundedDown({ layers }: ModelSummary): Html | null {
  const cut = allRows(layers).filter(isCut);
  if (cut.length === 0) return null;
  const alike = new Map<string, LayerSummary[]>();
  for (const layer of cut) {
    const { en } = droppedLines(layer);
    alike.set(en, [...(alike.get(en) ?? []), layer]);
  }
  const items = [...alike.values()].map((layers) => {
    const lines = droppedLines(layers[0]);
    const names = layers.map(({ name }) => name);
    return html`<br />${{
        en: `* Rounded down: no window of ${formatList(names)} reaches ${lines.en}.`,
        ko: `* 내림: ${names.join(', ')} 층의 어떤 윈도우도 ${lines.ko}에 닿지 않습니다.`,
      }}`;
  });
  return html`<figcaption>${items}</figcaption>`;
}
