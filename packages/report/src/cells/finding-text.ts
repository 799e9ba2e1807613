// The findings of a verdict in a few words each, and the cell that shows more.
import { formatCount, formatPercent, formatPlural, type Text } from '@convbook/page';
import type { Finding } from '../analysis/verdict.ts';

/** A finding in a few words, and the anchor of the cell that it leads to. */
export interface FindingText {
  readonly text: Text;
  readonly cell: string;
  /** Whether nothing has to be done about it. */
  readonly isGood: boolean;
}

/** The words for a finding. */
export function findingText(finding: Finding, names: readonly string[]): FindingText {
  switch (finding.kind) {
    case 'leak':
      return toLookAt('data', {
        en: `${formatPlural(finding.count, 'training image')} ${finding.count === 1 ? 'is' : 'are'} also in the test: remove them`,
        ko: `훈련 이미지 ${formatCount(finding.count)}장이 시험에도 있음: 빼십시오`,
      });
    case 'neglected':
      return toLookAt('confusion', neglectedText(finding, names));
    case 'dead':
      return toLookAt('filters', {
        en: `${formatPlural(finding.count, 'dead filter')} of ${formatCount(finding.all)}`,
        ko: `필터 ${formatCount(finding.all)}개 중 죽은 필터 ${formatCount(finding.count)}개`,
      });
    case 'overconfident':
    case 'cautious':
    case 'calibrated':
      return confidenceText(finding);
    case 'confused':
      return toLookAt('confusion', confusedText(finding, names));
    case 'suspects':
      return toLookAt('mistakes', {
        en: `${formatPlural(finding.count, 'label')} to look at again`,
        ko: `다시 확인할 레이블 ${formatCount(finding.count)}개`,
      });
    default:
      finding satisfies never;
      throw new Error('findingText: expected a known kind; add it');
  }
}

type Of<Kind extends Finding['kind']> = Extract<Finding, { kind: Kind }>;

function toLookAt(cell: string, text: Text): FindingText {
  return { text, cell, isGood: false };
}

function neglectedText(
  { label, recall, support, count }: Of<'neglected'>,
  names: readonly string[],
): Text {
  const [share, images] = [formatPercent(recall, 0), formatCount(support)];
  const others = count - 1;
  const found =
    recall === 0
      ? { en: 'none', ko: '하나도 못 맞힘' }
      : { en: `only ${share}`, ko: `${share}만 맞힘` };
  return {
    en: `Class ${names[label]}: ${found.en} of its ${formatPlural(support, 'test image')} found${others > 0 ? `, and ${formatPlural(others, 'other class', 'other classes')} neglected` : ''}`,
    ko: `${names[label]} 클래스: 시험 이미지 ${images}장 중 ${found.ko}${others > 0 ? `, 그 밖에 소홀히 한 클래스 ${formatCount(others)}개` : ''}`,
  };
}

function confidenceText({
  kind,
  gap,
}: Of<'overconfident' | 'cautious' | 'calibrated'>): FindingText {
  const points = (100 * Math.abs(gap)).toFixed(1);
  const texts: Readonly<Record<typeof kind, Text>> = {
    overconfident: {
      en: `Confidence ${points} percentage points too high`,
      ko: `확신도가 ${points}%포인트 너무 높음`,
    },
    cautious: {
      en: `Confidence ${points} percentage points too low`,
      ko: `확신도가 ${points}%포인트 너무 낮음`,
    },
    calibrated: {
      en: `Calibrated: confidence within ${points} percentage points of accuracy`,
      ko: `확신도가 정확도와 맞음(차이 ${points}%포인트)`,
    },
  };
  return { text: texts[kind], cell: 'confidence', isGood: kind === 'calibrated' };
}

function confusedText({ classes, count }: Of<'confused'>, names: readonly string[]): Text {
  const [one, other] = classes.map((k) => names[k]);
  return {
    en: `${one} and ${other} confused ${formatCount(count)} times`,
    ko: `${one}·${other} 혼동 ${formatCount(count)}번`,
  };
}
