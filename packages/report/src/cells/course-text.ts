// The verdict of a run's curves, and what to do about it.
import {
  formatCount,
  formatNumber,
  formatPercent,
  formatPlural,
  html,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run } from '@convbook/run';
import { balanced, enoughEpochs, moreEpochs, typed } from '../analysis/next-change.ts';
import { isOver } from '../analysis/resume-command.ts';
import type { TrainingCourse } from '../analysis/training-course.ts';
import { option, type CourseWords } from './course-words.ts';
import { evenOut, fewTests, stuck } from './guessing-text.ts';

/** The words for a course; null before the first step, and where it may still turn out otherwise. */
export function courseWords(course: TrainingCourse | null, run: Run): CourseWords | null {
  return course === null || isUnderWay(course, run) ? null : wordsOf(course, run);
}

/** Whether a training that goes on, or can, may still turn out otherwise. */
function isUnderWay({ kind }: TrainingCourse, run: Run): boolean {
  return !isOver(run) && kind !== 'rate-too-high' && kind !== 'overfitted';
}

function wordsOf(course: TrainingCourse, run: Run): CourseWords {
  switch (course.kind) {
    case 'too-short':
      return tooShort(course.steps, run);
    case 'rate-too-high':
      return rateTooHigh(course, run);
    case 'stuck':
      return stuck(course, run);
    case 'few-tests':
      return fewTests(course, run);
    case 'overfitted':
      return overfitted(course, run);
    case 'still-falling':
      return stillFalling(course, run);
    case 'settled':
      return settled(course, run);
    case 'underfitted':
      return underfitted(course.accuracy, run);
    case 'flawless':
      return flawless(run);
    default:
      course satisfies never;
      throw new Error('courseText: expected a known kind; add it');
  }
}

type Of<Kind extends TrainingCourse['kind']> = Extract<TrainingCourse, { kind: Kind }>;

function tooShort(steps: number, run: Run): CourseWords {
  const longer = option('epochs', enoughEpochs(run));
  const limited = run.record.configuration.limit !== null;
  return {
    title: { en: 'Too short to judge.', ko: '판단하기에 너무 짧습니다.' },
    shows: {
      en: `After ${formatPlural(steps, 'step')} nobody can tell how far this model would get, nor whether it would overfit.`,
      ko: `${formatCount(steps)}스텝만으로는 이 모델이 어디까지 갈 수 있는지, 과대적합하게 될지 아직 알 수 없습니다.`,
    },
    next: limited
      ? {
          en: html`Train on all images, without <code class="option">--limit</code>, or longer, for
            instance with ${longer}.`,
          ko: html`<code class="option">--limit</code> 없이 모든 이미지로 학습하거나, ${longer}처럼
            더 오래 학습해 보십시오.`,
        }
      : {
          en: html`Train longer, for instance with ${longer}.`,
          ko: html`${longer}처럼 더 오래 학습해 보십시오.`,
        },
  };
}

function rateTooHigh(course: Of<'rate-too-high'>, { record }: Run): CourseWords {
  const [first, worst, least, end] = [course.first, course.worst, course.lowest, course.end].map(
    (loss) => formatNumber(loss),
  );
  const lower = option('learning-rate', typed(record.configuration.learningRate / 10));
  const shows: Readonly<Record<Of<'rate-too-high'>['turn'], Text>> = {
    diverged: {
      en: `The loss began at ${first} and was no longer a finite number in the end.`,
      ko: `손실이 ${first}에서 시작하여 끝내 유한한 수가 아니게 되었습니다.`,
    },
    jumped: {
      en: `The loss began at ${first}, rose to ${worst} and ended at ${end}: each update overshoots.`,
      ko: `손실이 ${first}에서 시작하여 ${worst}까지 커졌고 ${end}에서 끝났습니다. 갱신할 때마다 최솟값을 지나칩니다.`,
    },
    rose: {
      en: `The loss fell from ${first} to ${least} and then rose again to ${end}: updates undo what was learned.`,
      ko: `손실이 ${first}에서 ${least}까지 줄었다가 다시 ${end}까지 커졌습니다. 갱신이 그동안 배운 것을 되돌립니다.`,
    },
  };
  return {
    title: { en: 'The learning rate is too high.', ko: '학습률이 너무 높습니다.' },
    shows: shows[course.turn],
    next: {
      en: html`Try a tenth: ${lower}. ${option('clip-norm', 1)} helps where single batches do the
      damage.`,
      ko: html`10분의 1로 낮추어 보십시오: ${lower}. 몇몇 배치가 문제라면
      ${option('clip-norm', 1)}도 도움이 됩니다.`,
    },
  };
}

function flawless({ record }: Run): CourseWords {
  const all = formatCount(record.data.testSamples);
  return {
    title: { en: 'Nothing left to learn here.', ko: '여기서는 더 배울 것이 없습니다.' },
    shows: {
      en: `All ${all} test images are classified correctly.`,
      ko: `시험 이미지 ${all}장을 모두 바르게 분류합니다.`,
    },
    next: {
      en: html`Only more, or harder, test images could tell two such models apart.`,
      ko: html`이런 모델끼리 비교하려면 더 많거나 더 어려운 시험 이미지가 필요합니다.`,
    },
  };
}

function overfitted({ best, gap }: Of<'overfitted'>, run: Run): CourseWords {
  const [low, end] = [best, run.epochs.at(-1)].map((epoch) =>
    formatNumber(epoch?.testLoss ?? 0, 2),
  );
  const points = (100 * gap).toFixed(2);
  return {
    title: { en: 'Overfitted.', ko: '과대적합입니다.' },
    shows:
      best === null
        ? {
            en: `In the last epoch training accuracy is ${points} percentage points higher than test accuracy: the model knows its training images better than what they have in common.`,
            ko: `마지막 에폭의 훈련 정확도가 시험 정확도보다 ${points}%포인트 높습니다. 모델이 공통점을 배우기보다 훈련 이미지를 외우고 있습니다.`,
          }
        : {
            en: `The test loss was lowest, ${low}, after epoch ${best.epoch} and is ${end} in the end, while the training loss kept falling: the model memorizes its training images.`,
            ko: `시험 손실은 ${best.epoch}에폭에서 ${low}로 가장 낮았다가 마지막에는 ${end}입니다. 그동안 훈련 손실은 계속 줄었습니다. 모델이 훈련 이미지를 외우고 있습니다.`,
          },
    next:
      balanced(run) === null
        ? variety
        : { en: html`${variety.en} ${evenOut.en}`, ko: html`${variety.ko} ${evenOut.ko}` },
  };
}

const variety: Text<Html> = {
  en: html`More training images help most; then <code class="option">--augment</code>, dropout in
    the model, a larger <code class="option">--weight-decay</code>, or
    <code class="option">--validation</code> with <code class="option">--patience</code>, which ends
    the training in time.`,
  ko: html`훈련 이미지를 늘리는 것이 가장 좋습니다. 그다음은 <code class="option">--augment</code>,
    모델의 드롭아웃, 더 큰 <code class="option">--weight-decay</code>, 또는 학습을 제때 끝내는
    <code class="option">--validation</code>과 <code class="option">--patience</code>입니다.`,
};

function stillFalling({ fall, epochs }: Of<'still-falling'>, run: Run): CourseWords {
  const share = formatPercent(fall, 0);
  const longer = option('epochs', moreEpochs(run));
  const last =
    epochs === 1
      ? { en: 'In the last epoch', ko: '마지막 에폭에서' }
      : { en: `Over the last ${epochs} epochs`, ko: `마지막 ${epochs}에폭 동안` };
  return {
    title: { en: 'Still falling.', ko: '손실이 아직 줄고 있습니다.' },
    shows:
      epochs === null
        ? {
            en: `At the end of the only epoch the training loss fell by another ${share} within a tenth of the steps: the model has not learned all it can.`,
            ko: `하나뿐인 에폭의 끝에서 스텝의 10분의 1 동안 훈련 손실이 ${share} 더 줄었습니다. 모델이 아직 더 배울 수 있습니다.`,
          }
        : {
            en: `${last.en} the test loss fell by another ${share}: the model has not learned all it can.`,
            ko: `${last.ko} 시험 손실이 ${share} 더 줄었습니다. 모델이 아직 더 배울 수 있습니다.`,
          },
    next: {
      en: html`Train longer, for instance with ${longer}.`,
      ko: html`${longer}처럼 더 오래 학습해 보십시오.`,
    },
  };
}

function settled({ fall }: Of<'settled'>, { epochs }: Run): CourseWords {
  const last = epochs.at(-1);
  const gap = ((last?.trainAccuracy ?? 0) - (last?.testAccuracy ?? 0)) * 100;
  const share = fall === null ? null : formatPercent(Math.abs(fall), 0);
  const isSeen = epochs.length > 1;
  return {
    title: isSeen
      ? { en: 'Trained long enough, not overfitted.', ko: '충분히 학습했고 과대적합도 아닙니다.' }
      : { en: 'Trained long enough.', ko: '충분히 학습했습니다.' },
    shows: {
      en: `${share === null ? 'The loss no longer falls' : `Towards the end the loss changed by only ${share}`}${isSeen ? `; training accuracy is ${gap > 0 ? `${gap.toFixed(2)} percentage points` : 'not'} higher than test accuracy.` : ', and one epoch cannot show overfitting.'}`,
      ko: `${share === null ? '손실이 더는 줄지 않습니다' : `끝에서 손실은 ${share}만 변했습니다`}. ${isSeen ? `훈련 정확도는 시험 정확도보다 ${gap > 0 ? `${gap.toFixed(2)}%포인트 높을 뿐입니다` : '높지 않습니다'}.` : '에폭 하나로는 과대적합을 알 수 없습니다.'}`,
    },
    next: {
      en: html`To get further, use a larger model, or vary the images with
        <code class="option">--augment</code>.`,
      ko: html`더 나아지려면 모델을 키우거나 <code class="option">--augment</code>로 이미지를
        다양하게 해 보십시오.`,
    },
  };
}

function underfitted(accuracy: number, run: Run): CourseWords {
  const [right, longer] = [formatPercent(accuracy), option('epochs', moreEpochs(run))];
  return {
    title: { en: 'Underfitted.', ko: '과소적합입니다.' },
    shows: {
      en: `The loss no longer falls, yet only ${right} of the training images are classified correctly.`,
      ko: `손실이 더는 줄지 않는데 훈련 이미지의 ${right}만 바르게 분류합니다.`,
    },
    next: {
      en: html`Use a larger model, or train longer with another learning rate; as a first step,
      ${longer}.`,
      ko: html`모델을 키우거나 학습률을 바꾸어 더 오래 학습해 보십시오. 먼저 ${longer}로 해
      보십시오.`,
    },
  };
}
