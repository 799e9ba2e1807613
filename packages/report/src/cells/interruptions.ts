// Interruptions of the run: faults of workers, and resumes. A part of the training cell.
import {
  captionOf,
  formatCount,
  formatDate,
  html,
  renderTable,
  thinOut,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run, TimingEvent } from '@convbook/run';

/** Most interruptions listed, and most characters of a message. */
const most = { rows: 40, characters: 400 };

type Fault = Extract<TimingEvent, { event: 'fault' }>;
type Start = Extract<TimingEvent, { event: 'start' }>;

const causes: Readonly<Record<Fault['what'], Text>> = {
  error: { en: 'it threw an error', ko: '오류 발생' },
  exit: { en: 'its thread ended', ko: '스레드 종료' },
  memory: { en: 'it ran out of memory', ko: '메모리 부족' },
  hang: { en: 'it stood still', ko: '멈춤' },
};

export function interruptions({ timing, resumes, faults }: Run): Html | null {
  const begin = timing.find((event) => event.event === 'start');
  const events = timing.filter(
    (event): event is Fault | Start =>
      event.event === 'fault' || (event.event === 'start' && event !== begin),
  );
  if (events.length === 0) return null;
  return html`<p>${prose(resumes, faults)}</p>
    <figure>${table(events)}</figure>`;
}

function prose(resumes: number, faults: number): Html {
  const times = (count: number) => (count === 1 ? 'once' : `${formatCount(count)} times`);
  const resumed = resumes > 0 && {
    en: `This run was resumed ${times(resumes)}. `,
    ko: `이 실행은 ${formatCount(resumes)}번 재개되었습니다. `,
  };
  const replaced = faults > 0 && {
    en: `Its workers were replaced ${times(faults)} after a fault. `,
    ko: `오류가 난 뒤 워커를 ${formatCount(faults)}번 교체했습니다. `,
  };
  const equal = {
    en: 'The steps since the last checkpoint were repeated, and the model is the same, to the last bit, as without the interruption.',
    ko: '마지막 체크포인트 뒤의 스텝을 다시 했으므로, 모델은 중단이 없었을 때와 마지막 비트까지 같습니다.',
  };
  return html`${resumed}${replaced}${equal}`;
}

function table(events: readonly (Fault | Start)[]): Html {
  const rows = thinOut(events, most.rows);
  const caption = { en: 'Interruptions of the run', ko: '실행의 중단' };
  return renderTable<Fault | Start>({
    caption: captionOf(caption, rows.length, events.length),
    columns: [
      {
        head: { en: 'Event', ko: '사건' },
        heading: true,
        value: (event) =>
          event.event === 'fault' ? { en: 'fault', ko: '오류' } : { en: 'resume', ko: '재개' },
      },
      { head: { en: 'Step', ko: '스텝' }, numeric: true, value: ({ step }) => formatCount(step) },
      { head: { en: 'Worker', ko: '워커' }, value: workerOf },
      {
        head: { en: 'Continued from', ko: '다시 시작한 스텝' },
        numeric: true,
        value: (event) => formatCount(event.event === 'fault' ? event.restoredStep : event.step),
      },
      {
        head: { en: 'Why or when', ko: '이유 또는 시각' },
        value: (event) => (event.event === 'fault' ? causes[event.what] : formatDate(event.at)),
      },
      {
        head: { en: 'Message', ko: '메시지' },
        value: (event) => (event.event === 'fault' ? shorten(event.message) : '–'),
      },
    ],
    rows,
    style: 'data pairs-wrap',
  });
}

function shorten(message: string): string {
  return message.length <= most.characters ? message : `${message.slice(0, most.characters)}…`;
}

function workerOf(event: Fault | Start): Text | string {
  if (event.event === 'fault') return event.worker === null ? '–' : String(event.worker + 1);
  return { en: `${event.workers} of them`, ko: `${event.workers}개` };
}
