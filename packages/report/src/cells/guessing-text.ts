// A model beside always predicting one class, in words.
import {
  formatPercent,
  formatPlural,
  formatCount,
  html,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run } from '@convbook/run';
import { baselineOf, testAccuracyOf, type Baseline } from '../analysis/baseline.ts';
import { balanced, nextRate } from '../analysis/next-change.ts';
import type { TrainingCourse } from '../analysis/training-course.ts';
import { option, type CourseWords } from './course-words.ts';

type Of<Kind extends TrainingCourse['kind']> = Extract<TrainingCourse, { kind: Kind }>;

/** How often one answer for all test images would be right, and whether the model does better. */
export function baselineText(run: Run): Text {
  const baseline = baselineOf(run);
  const tested = testAccuracyOf(run);
  const said = oneAnswer(baseline, run);
  if (tested === null || tested.interval.low > baseline.share) {
    return { en: `${said.en}.`, ko: `${said.ko}.` };
  }
  const compared = comparison(tested.accuracy, baseline.share);
  return {
    en: `${said.en}; the model does ${compared.en} better.`,
    ko: `${said.ko}. 모델이 그보다 ${compared.ko}.`,
  };
}

/** Without a full stop. */
function oneAnswer({ label, share }: Baseline, { record }: Run): Text {
  const right = formatPercent(share);
  if (label === null) {
    return {
      en: `Always predicting the same class would be right ${right} of the time at most`,
      ko: `한 클래스로만 예측하면 많아야 ${right}가 맞습니다`,
    };
  }
  const name = record.data.classNames[label];
  return {
    en: `Always predicting the most frequent class, ${name}, would be right ${right} of the time`,
    ko: `가장 흔한 클래스(${name})로만 예측해도 ${right}가 맞습니다`,
  };
}

function comparison(accuracy: number, share: number): Text {
  return accuracy <= share
    ? { en: 'no', ko: '나을 것이 없습니다' }
    : { en: 'not clearly', ko: '뚜렷이 낫지는 않습니다' };
}

/** The verdict on a model that has learned nothing. */
export function stuck({ accuracy, guessing, sign }: Of<'stuck'>, run: Run): CourseWords {
  const [right, chance] = [accuracy, guessing].map((share) => formatPercent(share));
  const compared = comparison(accuracy, guessing);
  const isUneven = sign === 'moved' && balanced(run) !== null;
  return {
    title: { en: 'Stuck at guessing.', ko: '추측 수준에 머물러 있습니다.' },
    shows: {
      en: `Its test accuracy of ${right} is ${compared.en} better than always predicting the most frequent class, which is correct ${chance} of the time.`,
      ko: `시험 정확도 ${right}는 가장 흔한 클래스로만 예측했을 때의 ${chance}보다 ${compared.ko}.`,
    },
    next: isUneven ? evenOut : otherRate(sign, typedRate(sign, run)),
  };
}

function typedRate(sign: Of<'stuck'>['sign'], run: Run): Html {
  return option('learning-rate', nextRate(sign, run));
}

/** What to do about rare classes. */
export const evenOut: Text<Html> = {
  en: html`The classes are unequal: ${option('class-weights', 'balanced')} makes rare ones count as
  much as frequent ones.`,
  ko: html`클래스의 크기가 서로 다릅니다. ${option('class-weights', 'balanced')}를 쓰면 드문
  클래스도 흔한 클래스만큼 반영됩니다.`,
};

function otherRate(sign: Of<'stuck'>['sign'], next: Html): Text<Html> {
  switch (sign) {
    case 'dead':
      return {
        en: html`Most filters are dead, so the learning rate was probably too high: try ${next}.`,
        ko: html`필터가 대부분 죽었으니 학습률이 너무 높았던 듯합니다. ${next}로 해 보십시오.`,
      };
    case 'still':
      return {
        en: html`The loss has hardly moved, so the learning rate is probably too low: try ${next}.
        If that changes nothing, look for dead filters and for wrong labels.`,
        ko: html`손실이 거의 움직이지 않았으니 학습률이 너무 낮은 듯합니다. ${next}로 해 보십시오.
        그래도 그대로라면 죽은 필터나 잘못된 레이블이 있는지 살펴보십시오.`,
      };
    case 'moved':
      return {
        en: html`The loss did move, so the learning rate may be too high: try ${next}. If that
        changes nothing, look for dead filters and for wrong labels.`,
        ko: html`손실이 움직이기는 했으니 학습률이 너무 높을 수 있습니다. ${next}로 해 보십시오.
        그래도 그대로라면 죽은 필터나 잘못된 레이블이 있는지 살펴보십시오.`,
      };
    default:
      sign satisfies never;
      throw new Error('guessingText: expected a known sign; add it');
  }
}

/** The verdict where the test images do not tell a model from one answer for all. */
export function fewTests({ interval, baseline }: Of<'few-tests'>, run: Run): CourseWords {
  const [low, high] = [interval.low, interval.high].map((share) => formatPercent(share));
  const count = run.epochs.at(-1)?.testSamples ?? 0;
  const said = oneAnswer(baseline, run);
  return {
    title: { en: 'Too few test images to tell.', ko: '시험 이미지가 너무 적습니다.' },
    shows: {
      en: `With ${formatPlural(count, 'test image')} the accuracy may truly be anything from ${low} to ${high}. ${said.en}: nobody can tell whether the model has learned more than that.`,
      ko: `시험 이미지 ${formatCount(count)}장으로는 실제 정확도가 ${low}에서 ${high} 사이라는 것밖에 알 수 없습니다. ${said.ko}. 모델이 그보다 더 배웠는지는 알 수 없습니다.`,
    },
    next:
      balanced(run) === null
        ? collect
        : { en: html`${collect.en} ${evenOut.en}`, ko: html`${collect.ko} ${evenOut.ko}` },
  };
}

const collect: Text<Html> = {
  en: html`Collect more images of every class.`,
  ko: html`모든 클래스의 이미지를 더 모으십시오.`,
};
