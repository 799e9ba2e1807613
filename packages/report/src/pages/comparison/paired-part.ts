import {
  formatCount,
  formatNumber,
  formatPercent,
  formatPlural,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import { predictions } from '../../analysis/evaluation.ts';
import { pairedErrors, type PairedErrors } from '../../analysis/paired-errors.ts';
import { labelled, sampleAlt, sampleCard, says } from '../../cells/sample-card.ts';
import type { LeftOut, TestedRun } from './compared-run.ts';

/** Most images shown of those that only one of two runs gets right. */
const mostShown = 24;

/** The first run against each other one, image by image. */
export function pairedPart([first, ...others]: readonly TestedRun[]): Html {
  const limit = formatNumber(0.05 / others.length, 2);
  const several =
    others.length > 1 &&
    html`<p>
      ${{
        en: `With ${others.length} comparisons, a small probability comes up by chance more easily: require less than ${limit} instead of 0.05 (Bonferroni).`,
        ko: `비교가 ${others.length}번이면 작은 확률이 우연히 나오기 쉽습니다. 0.05 대신 ${limit}보다 작아야 합니다(본페로니 보정).`,
      }}
    </p>`;
  return html`<p>
      ${{
        en: 'Two accuracies hide that both runs answered the same images. What tells them apart are the images that only one gets right: if both were equally good, each of these would be the toss of a coin. McNemar’s exact test gives the probability of a split at least as uneven. It does not cover the variation between seeds: compare several seeds before you trust a small difference.',
        ko: '두 정확도만 보면 두 실행이 같은 이미지에 답했다는 사실이 가려집니다. 둘을 가르는 것은 한쪽만 맞힌 이미지입니다. 둘이 똑같이 좋다면 그런 이미지 하나하나는 동전 던지기와 같습니다. 맥니마 정확 검정은 그때 적어도 이만큼 치우칠 확률을 알려 줍니다. 시드에 따른 차이는 들어 있지 않으므로, 작은 차이를 믿기 전에 여러 시드를 비교하십시오.',
      }}
    </p>
    ${several} ${others.map((other) => comparison(first, other))}`;
}

function comparison(first: TestedRun, second: TestedRun): Html {
  const paired = pairedErrors(first.evaluation, second.evaluation);
  const [a, b] = [first.letter, second.letter];
  return html`<h3>${{ en: `${a} and ${b}`, ko: `${a}, ${b}` }}</h3>
    <p>${finding(a, b, paired)}</p>
    <figure>${fourfoldTable(a, b, paired)}</figure>
    ${onlyOneRight(first, second, paired.onlyFirstRight)}
    ${onlyOneRight(second, first, paired.onlySecondRight)}`;
}

function finding(a: string, b: string, paired: PairedErrors): Text {
  const { difference, interval, pValue, onlyFirstRight, onlySecondRight } = paired;
  const apart = onlyFirstRight.length + onlySecondRight.length;
  if (apart === 0) {
    return {
      en: `${a} and ${b} get exactly the same images right.`,
      ko: `실행 ${a}, ${b}에서 맞힌 이미지가 완전히 같습니다.`,
    };
  }
  const by = points(Math.abs(difference));
  const size =
    difference === 0
      ? {
          en: `${b} is right as often as ${a}`,
          ko: `실행 ${b}의 정확도는 실행 ${a}의 정확도와 같습니다`,
        }
      : {
          en: `${b} is right ${by} percentage points ${difference > 0 ? 'more' : 'less'} often than ${a}`,
          ko: `실행 ${b}의 정확도는 실행 ${a}보다 ${by}%포인트 ${difference > 0 ? '높습니다' : '낮습니다'}`,
        };
  const sure =
    pValue < 0.05
      ? { en: 'this is hardly chance', ko: '우연이라고 보기 어렵습니다' }
      : {
          en: 'this can be chance and shows no difference',
          ko: '우연히 생길 수 있는 정도이며 차이를 보여 주지 않습니다',
        };
  const [low, high] = [interval.low, interval.high].map(signedPoints);
  const [first, second] = [onlyFirstRight, onlySecondRight].map(({ length }) =>
    formatCount(length),
  );
  const p = probability(pValue);
  return {
    en:
      `${size.en} (95% interval of the difference ${low} to ${high}, Newcombe’s method). ` +
      `${formatPlural(apart, 'image')} ${apart === 1 ? 'tells' : 'tell'} them apart: ${first} only ${a} gets right, ` +
      `${second} only ${b}. McNemar’s test gives ${p}: ${sure.en}.`,
    ko:
      `${size.ko}(차이의 95% 구간 ${low} ~ ${high}, 뉴컴 방법). ` +
      `둘을 가르는 이미지는 ${formatCount(apart)}장입니다: ${a}만 맞힌 것 ${first}장, ${b}만 맞힌 것 ${second}장. ` +
      `맥니마 검정의 결과는 ${p}: ${sure.ko}.`,
  };
}

function probability(value: number): string {
  return value < 1e-4 ? 'p < 0.0001' : `p = ${formatNumber(value, 2)}`;
}

function points(fraction: number): string {
  return (100 * fraction).toFixed(2);
}

/** A difference of fractions in percentage points, with its sign. */
export function signedPoints(fraction: number): string {
  const text = points(Math.abs(fraction));
  if (Number(text) === 0) return text;
  return `${fraction < 0 ? '−' : '+'}${text}`;
}

function fourfoldTable(a: string, b: string, paired: PairedErrors): Html {
  const { bothRight, bothWrong, onlyFirstRight, onlySecondRight, samples } = paired;
  const rows = [
    { name: { en: 'both right', ko: '둘 다 맞음' }, count: bothRight },
    { name: onlyRight(a), count: onlyFirstRight.length },
    { name: onlyRight(b), count: onlySecondRight.length },
    { name: { en: 'both wrong', ko: '둘 다 틀림' }, count: bothWrong },
  ];
  return renderTable({
    caption: {
      en: `Test images by who answers them correctly, ${a} or ${b}`,
      ko: `맞힌 실행(${a}, ${b})에 따른 시험 이미지`,
    },
    columns: [
      { head: { en: 'Answer', ko: '답' }, heading: true, value: ({ name }) => name },
      {
        head: { en: 'Images', ko: '이미지' },
        numeric: true,
        value: ({ count }) => formatCount(count),
      },
      {
        head: { en: 'Share', ko: '비율' },
        numeric: true,
        value: ({ count }) => formatPercent(count / samples),
      },
    ],
    rows,
    total: [{ en: 'Total', ko: '합계' }, formatCount(samples), formatPercent(1)],
  });
}

function onlyRight(letter: string): Text {
  return { en: `only ${letter} right`, ko: `${letter}만 맞음` };
}

/** Images one run gets right and the other wrong: the other kept them among its mistakes. */
function onlyOneRight(right: TestedRun, wrong: TestedRun, indexes: readonly number[]): Html | null {
  const { samples, record } = wrong.run;
  const shown = indexes.filter((index) => samples?.images.has(index)).slice(0, mostShown);
  if (samples === null || shown.length === 0) return null;
  const answers = predictions(wrong.evaluation);
  const names = record.data.classNames;
  const cards = shown.map((index) => {
    const [label, answer] = [names[wrong.evaluation.labels[index]], names[answers[index]]];
    const alt = sampleAlt(index, label, answer);
    const by = { en: `${alt.en} by ${wrong.letter}`, ko: `${alt.ko} (${wrong.letter})` };
    return sampleCard(samples, index, by, {
      said: html`${wrong.letter} ${says(answer)}`,
      isRight: false,
      label: labelled(label),
      isLinked: false,
    });
  });
  const [some, all] = [shown.length, indexes.length];
  const isCut = some < all;
  return html`<figure class="wide">
    <p class="chart-title">
      ${{
        en: `Only ${right.letter} right: ${isCut ? `${some} of ` : ''}${formatPlural(all, 'image')}`,
        ko: `${right.letter}만 맞음: 이미지 ${formatCount(all)}장${isCut ? ` 중 ${some}장` : ''}`,
      }}
    </p>
    <div class="mistakes">${cards}</div>
  </figure>`;
}

/** Why the paired parts leave runs out, in a sentence; null where they leave out none. */
export function leftOut(left: readonly LeftOut[]): Html | null {
  if (left.length === 0) return null;
  const en = left.map(({ letter, reason }) => `${letter}, which ${reason.en}`);
  const ko = left.map(({ letter, reason }) => `${letter}(${reason.ko})`);
  return html`<p class="note">
    ${{
      en: `Left out here: ${en.join('; ')}. Answers can be compared only on the same test images.`,
      ko: `여기에서 빠진 실행: ${ko.join(', ')}. 답은 같은 시험 이미지에 대해서만 비교할 수 있습니다.`,
    }}
  </p>`;
}
