// Which Node computed, and whether its kernels were wide.
import type { Text } from '@convbook/page';
import type { RecordedEngine, TimingEvent } from '@convbook/run';

/** In the words of core, which gives the reason; others stay as they are. */
const koreanReasons: readonly (readonly [RegExp, string])[] = [
  [/^CONVBOOK_WIDE is off$/, '환경 변수 CONVBOOK_WIDE가 off'],
  [/^the processor is not known to have AVX2$/, '프로세서의 AVX2 지원 여부를 알 수 없음'],
  [/^V8 (\S+) does not widen kernels$/, 'V8 $1에서는 커널이 넓어지지 않음'],
  [
    /^the wide kernels did not compute the known bits$/,
    '넓은 커널의 계산 결과가 알려진 비트와 다름',
  ],
];

/** A text for each engine that a run had: a resumed one may have several. */
export function engineTexts(timing: readonly TimingEvent[]): Text[] {
  const texts = timing
    .filter((event) => event.event === 'start')
    .flatMap(({ engine }) => (engine === undefined ? [] : [engineText(engine)]));
  return [...new Map(texts.map((text) => [text.en, text])).values()];
}

function engineText({ node, startedBy, whyNarrow }: RecordedEngine): Text {
  const starter =
    startedBy === null
      ? { en: '', ko: '' }
      : { en: `, started by Node ${startedBy}`, ko: `(Node ${startedBy}에서 시작)` };
  const { en, ko } = widthText(whyNarrow);
  return { en: `${en}, Node ${node}${starter.en}`, ko: `${ko}, Node ${node}${starter.ko}` };
}

function widthText(whyNarrow: string | null): Text {
  if (whyNarrow === null) return { en: 'wide (256 bits)', ko: '넓음(256비트)' };
  return { en: `128 bits: ${whyNarrow}`, ko: `128비트: ${toKorean(whyNarrow)}` };
}

function toKorean(reason: string): string {
  const found = koreanReasons.find(([pattern]) => pattern.test(reason));
  return found === undefined ? reason : reason.replace(...found);
}
