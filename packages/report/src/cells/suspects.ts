import {
  detailFold,
  formatCount,
  formatPlural,
  formatProbability,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run, Samples } from '@convbook/run';
import {
  labelSuspects,
  leastOfClass,
  toldSuspects,
  type LabelSuspect,
  type ToldSuspects,
} from '../analysis/label-suspects.ts';
import { imageLink } from './image-link.ts';
import { labelled, sampleAlt, sampleCard } from './sample-card.ts';
import { shownOf } from './shown-of.ts';
import { someNames } from './some-names.ts';

/** Most classes named in a sentence. */
const mostNamed = 8;

/** Most suspect labels shown as images, and in the table. */
const most = { cards: 7, rows: 50 };

/** Labels that the model contradicts as surely as it usually confirms them; null where there are none. */
export function suspects({ evaluation, samples, record }: Run): Html | null {
  if (evaluation === null || samples === null) return null;
  if (labelSuspects(evaluation).length === 0) return null;
  const names = record.data.classNames;
  const told = toldSuspects(evaluation);
  if (told.kind !== 'told') return html`<p>${nothingToTell(told, names)}</p>`;
  const { suspects: found, without } = told;
  if (found.length === 0) return null;
  const cards = found
    .filter(({ index }) => samples.images.has(index))
    .slice(0, shownOf(most.cards, samples));
  return html`<p>
      ${{
        en: `A label is suspect where the model predicts another class and is as sure of it as it is, on average, of that class’s own images (confident learning, Northcutt et al. 2021). This holds for ${formatPlural(found.length, 'test image')}.${cards.length < found.length ? ` Below are the ${cards.length} whose label it finds least probable.` : ''} Most are mistakes of the model, a few of the data set: look before you blame either.`,
        ko: `모델이 정답과 다른 클래스로 예측하면서 그 클래스의 이미지들에 평균적으로 보이는 만큼 확신하면 레이블을 의심할 만합니다(컨피던트 러닝, Northcutt 외 2021). 그런 시험 이미지는 ${formatCount(found.length)}장입니다.${cards.length < found.length ? ` 아래는 그중 모델이 정답에 가장 낮은 확률을 준 ${cards.length}장입니다.` : ''} 대부분은 모델의 실수이고 일부는 데이터의 오류이므로, 어느 쪽을 탓하기 전에 살펴보십시오.`,
      }}
      ${without.length > 0 && leftOutClasses(without.map((k) => names[k]))}
    </p>
    <figure class="wide">
      <div class="mistakes" data-image-list>
        ${cards.map((suspect) => card(suspect, samples, names))}
      </div>
      ${detailFold({ en: 'As a table', ko: '표로 보기' }, table(found, names))}
    </figure>`;
}

/** Why this model says nothing of labels. */
function nothingToTell(
  told: Exclude<ToldSuspects, { kind: 'told' }>,
  names: readonly string[],
): Text {
  if (told.kind === 'guessing') {
    const name = names[told.mostFrequent];
    return {
      en: `Which labels may be wrong cannot be told from this model: it is not shown to do better than always predicting ${name}.`,
      ko: `이 모델로는 어느 레이블이 의심스러운지 말할 수 없습니다. 모든 이미지를 ${name} 클래스로 예측하는 것보다 낫다고 할 수 없기 때문입니다.`,
    };
  }
  return {
    en: `Which labels may be wrong cannot be told from this model: that takes two classes that it recognizes, with at least ${leastOfClass} test images each.`,
    ko: `이 모델로는 어느 레이블이 의심스러운지 말할 수 없습니다. 시험 이미지가 ${leastOfClass}장 이상이고 모델이 알아보는 클래스가 적어도 둘은 있어야 하기 때문입니다.`,
  };
}

function leftOutClasses(names: readonly string[]): Text {
  return {
    en: `Left out are classes that the model never recognizes, or with fewer than ${leastOfClass} test images: ${someNames(names, mostNamed).en}.`,
    ko: `모델이 한 번도 알아보지 못했거나 시험 이미지가 ${leastOfClass}장 미만인 클래스는 뺐습니다: ${someNames(names, mostNamed).ko}.`,
  };
}

function card(suspect: LabelSuspect, samples: Samples, names: readonly string[]): Html {
  const { index, label, likely, labelProbability, likelyProbability } = suspect;
  const name = names[likely];
  const looks = {
    en: html`looks like <b>${name}</b> ${formatProbability(likelyProbability)}`,
    ko: html`<b>${name}</b>에 가까움 ${formatProbability(likelyProbability)}`,
  };
  return sampleCard(samples, index, sampleAlt(index, names[label], name), {
    said: html`${looks}`,
    isRight: false,
    label: html`${labelled(names[label])} ${formatProbability(labelProbability)}`,
  });
}

function table(found: readonly LabelSuspect[], names: readonly string[]): Html {
  const shown = found.slice(0, most.rows);
  return renderTable<LabelSuspect>({
    caption:
      shown.length === found.length
        ? { en: 'Labels to look at again', ko: '다시 확인할 레이블' }
        : {
            en: `Labels to look at again: the first ${shown.length} of ${formatCount(found.length)}`,
            ko: `다시 확인할 레이블: ${formatCount(found.length)}개 중 처음 ${shown.length}개`,
          },
    isTall: true,
    columns: [
      {
        head: { en: 'Test image', ko: '시험 이미지' },
        heading: true,
        value: ({ index }) => imageLink(index, `#${index}`),
      },
      { head: { en: 'Label', ko: '레이블' }, value: ({ label }) => names[label] },
      {
        head: probability,
        numeric: true,
        value: (one) => formatProbability(one.labelProbability),
      },
      { head: { en: 'Looks like', ko: '닮은 클래스' }, value: ({ likely }) => names[likely] },
      {
        head: probability,
        numeric: true,
        value: (one) => formatProbability(one.likelyProbability),
      },
    ],
    rows: shown,
  });
}

const probability: Text = { en: 'Probability', ko: '확률' };
