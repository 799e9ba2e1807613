// Each class through the epochs: a table that is whole without a script, and a slider of confusion matrices.
import {
  detailFold,
  evenly,
  formatCount,
  formatPercent,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run } from '@convbook/run';
import {
  classCourses,
  confusionMoments,
  type ClassCourse,
  type ConfusionMoment,
} from '../analysis/class-courses.ts';
import type { EpochsPayload } from '../live/epochs-payload.ts';
import { matrixStyle } from './confusion-tables.ts';
import { someNames } from './some-names.ts';
import { playControls } from './play-controls.ts';

/** Milliseconds that a matrix is shown. */
const pace = 500;

/** Classes in the slider's matrix and in the table, epochs in the table, cells of all matrices: about 100 kB. */
const most = { matrix: 40, rows: 20, columns: 5, cells: 12_000 };

/** The fold; null with fewer than two recorded epochs. */
export function confusionEpochs({ statistics, record }: Run): Html | null {
  const moments = confusionMoments(statistics);
  if (moments.length < 2) return null;
  const names = record.data.classNames;
  const courses = classCourses(moments);
  return detailFold(
    { en: 'Each class through the epochs', ko: '에폭에 따른 클래스별 정확도' },
    html`<p>${prose(courses, moments, names)}</p>
      ${names.length <= most.matrix && slider(moments, names)}
      <figure>${courseTable(courses, moments, names)}</figure>`,
  );
}

function prose(
  courses: readonly ClassCourse[],
  moments: readonly ConfusionMoment[],
  names: readonly string[],
): Text {
  const found = finding(courses, moments, names);
  return {
    en: `Classes that come late are the hard ones: look at their images for what they share with others, and give the model more of them or more epochs if their lines still rise at the end. If a line falls again, the model unlearns that class in favour of another; the matrix of that epoch shows which. ${found.en}`,
    ko: `늦게 배우는 클래스가 어려운 클래스입니다. 그 이미지가 다른 클래스와 무엇이 닮았는지 살펴보고, 선이 마지막까지 오르고 있으면 그 클래스의 이미지나 에폭을 늘리십시오. 선이 다시 내려가면 다른 클래스에 밀려 그 클래스를 잊은 것이며, 어느 클래스인지는 그 에폭의 행렬에서 볼 수 있습니다. ${found.ko}`,
  };
}

/** Names the classes that came last, and those that never came. */
function finding(
  courses: readonly ClassCourse[],
  moments: readonly ConfusionMoment[],
  names: readonly string[],
): Text {
  const lost = courses.filter(({ arrival }) => arrival === null);
  const found = courses.filter(({ arrival }) => arrival !== null);
  const said = [lastOnes(found, moments, names), lost.length > 0 && lostOnes(lost, moments, names)];
  const sentences = said.filter((text) => text !== false && text !== null);
  return {
    en: sentences.map(({ en }) => en).join(' '),
    ko: sentences.map(({ ko }) => ko).join(' '),
  };
}

/** The classes of which no image is recognized in the end. */
function lostOnes(
  lost: readonly ClassCourse[],
  moments: readonly ConfusionMoment[],
  names: readonly string[],
): Text {
  const epoch = moments[moments.length - 1].epoch;
  const said = someNames(lost.map(({ label }) => names[label]));
  const isNever = lost.every(({ accuracies }) => accuracies.every((own) => own === 0));
  return isNever
    ? {
        en: `Never recognized up to epoch ${epoch}: ${said.en}.`,
        ko: `${epoch}에폭까지 한 장도 맞히지 못한 클래스: ${said.ko}.`,
      }
    : {
        en: `Not recognized at all after epoch ${epoch}: ${said.en}.`,
        ko: `${epoch}에폭 뒤에 한 장도 맞히지 못하는 클래스: ${said.ko}.`,
      };
}

/** Null of fewer than two classes: one has nothing to come after. */
function lastOnes(
  found: readonly ClassCourse[],
  moments: readonly ConfusionMoment[],
  names: readonly string[],
): Text | null {
  if (found.length < 2) return null;
  const arrival = found.reduce((latest, own) => Math.max(latest, own.arrival ?? 0), 0);
  const epoch = moments[arrival].epoch;
  const late = found.filter((own) => own.arrival === arrival);
  if (late.length === found.length) {
    return {
      en: `Here every class that is recognized had 95% of its last accuracy after epoch ${epoch}.`,
      ko: `여기서는 맞히는 클래스가 모두 ${epoch}에폭 뒤에 마지막 정확도의 95%에 이르렀습니다.`,
    };
  }
  const said = someNames(late.map(({ label }) => names[label]));
  return {
    en: `Here came last: ${said.en}, with 95% of the last accuracy after epoch ${epoch}.`,
    ko: `여기서 가장 늦은 클래스: ${said.ko}(마지막 정확도의 95%에 이른 때: ${epoch}에폭 뒤).`,
  };
}

/** Hidden until the page's script shows it. */
function slider(moments: readonly ConfusionMoment[], names: readonly string[]): Html {
  const cells = moments.reduce((sum, moment) => sum + moment.cells.length, 0);
  const fitting = Math.max(2, Math.floor((moments.length * most.cells) / cells));
  const shown = evenly(moments, fitting);
  const payload: EpochsPayload = {
    classNames: names,
    epochs: shown.map(({ epoch }) => epoch),
    cells: shown.map((moment) =>
      moment.cells.flatMap(({ label, prediction, count }) => [label, prediction, count]),
    ),
    style: matrixStyle(names),
  };
  return html`<figure class="frames" data-epochs hidden>
      <p class="chart-title">${{ en: 'Confusion matrix', ko: '혼동 행렬' }} <output></output></p>
      ${playControls(shown.length, pace, { en: 'Epoch of the confusion matrix', ko: '혼동 행렬의 에폭' })}
      <div
        class="scroll"
        role="region"
        tabindex="0"
        aria-label="${{ en: 'Confusion matrix of an epoch', ko: '한 에폭의 혼동 행렬' }}"
      ></div>
    </figure>
    <template id="epochs">${JSON.stringify(payload)}</template>`;
}

/** Accuracy of each class after some epochs; of many classes those that came last, or are the worst. */
function courseTable(
  courses: readonly ClassCourse[],
  moments: readonly ConfusionMoment[],
  names: readonly string[],
): Html {
  const last = ({ accuracies }: ClassCourse) => accuracies[accuracies.length - 1];
  const latest = ({ arrival }: ClassCourse) => arrival ?? moments.length; // after all that came
  const isWhole = courses.length <= most.matrix;
  const worst = [...courses].sort((a, b) => latest(b) - latest(a) || last(a) - last(b));
  const rows = isWhole ? courses : worst.slice(0, most.rows);
  const columns = evenly([...moments.keys()], most.columns);
  return renderTable<ClassCourse>({
    caption: captionOf(rows.length, courses.length),
    style: 'data names',
    isTall: true,
    columns: [
      {
        head: { en: 'Class', ko: '클래스' },
        heading: true,
        value: ({ label }) => names[label],
      },
      { head: { en: 'Course', ko: '추이' }, value: ({ accuracies }) => sparkline(accuracies) },
      ...columns.map((at) => ({
        head: {
          en: `Epoch ${formatCount(moments[at].epoch)}`,
          ko: `${formatCount(moments[at].epoch)}에폭`,
        },
        numeric: true,
        value: ({ accuracies }: ClassCourse) => formatPercent(accuracies[at], 1),
      })),
    ],
    rows,
  });
}

function captionOf(shown: number, all: number): Text {
  const some = {
    en: shown < all ? `, ${shown} of ${formatCount(all)} classes, those that came last first` : '',
    ko: shown < all ? `, 클래스 ${formatCount(all)}개 중 가장 늦은 ${shown}개` : '',
  };
  return {
    en: `Share of each class that is classified correctly after an epoch; each line has a scale of its own${some.en}`,
    ko: `에폭이 끝났을 때 클래스별로 바르게 분류한 비율, 선마다 따로 맞춘 눈금${some.ko}`,
  };
}

/** From the lowest to the highest accuracy of the class; the numbers stand beside it. */
function sparkline(accuracies: readonly number[]): Html {
  const [width, height] = [96, 22];
  const low = accuracies.reduce((least, own) => Math.min(least, own), 1);
  const high = accuracies.reduce((top, own) => Math.max(top, own), 0);
  const points = accuracies.map((own, k) => {
    const x = Math.round(2 + (k * (width - 4)) / (accuracies.length - 1));
    const share = high === low ? 0.5 : (own - low) / (high - low);
    return `${x} ${Math.round(height - 2 - share * (height - 4))}`;
  });
  return html`<svg class="sparkline" viewBox="0 0 ${width} ${height}" aria-hidden="true">
    <path d="M${points.join('L')}" />
  </svg>`;
}
