// Which processes trained together, and where: a part of the training cell.
import {
  captionOf,
  formatCount,
  formatPercent,
  formatPlural,
  html,
  renderTable,
  type Column,
  type Html,
  type Text,
} from '@convbook/page';
import type { RecordedRank, Run } from '@convbook/run';
import { rankCounts, rankSessions, type RankSession } from '../analysis/rank-sessions.ts';

/** Most rows of the table. */
const mostRows = 128;

/** A rank of a session, or the only process of it. */
interface Row extends Partial<RecordedRank> {
  readonly session: RankSession;
  readonly workers: number;
}

/** Null for a run of one process. */
export function ranksPart({ timing }: Run): Html | null {
  const sessions = rankSessions(timing);
  if (sessions.length === 0) return null;
  const who = sessions.length > 1 ? inTurn(rankCounts(timing)) : together(sessions[0]);
  return html`<p>${who} ${what}</p>
    <figure>${table(sessions)}</figure>`;
}

function together({ ranks, library }: RankSession): Text {
  const hosts = new Set(ranks.map(({ host }) => host)).size;
  return {
    en: `${formatPlural(ranks.length, 'rank')} on ${formatPlural(hosts, 'host')} trained together over ${library}.`,
    ko: `호스트 ${hosts}대의 랭크 ${ranks.length}개가 라이브러리(${library})로 함께 학습했습니다.`,
  };
}

function inTurn(counts: readonly number[]): Text {
  const en = counts.map((count) => (count === 1 ? 'one process' : formatPlural(count, 'rank')));
  const ko = counts.map((count) => (count === 1 ? '프로세스 1개' : `랭크 ${count}개`));
  if (counts.length === 1) {
    return {
      en: `Each session of this run had ${en[0]}, of other hosts or workers each time.`,
      ko: `이 실행은 재개할 때마다 ${ko[0]}로 학습했지만 호스트나 워커가 달랐습니다.`,
    };
  }
  return {
    en: `The sessions of this run had different ranks: ${en.join(', then ')}.`,
    ko: `이 실행은 재개될 때마다 랭크 구성이 달랐습니다: ${ko.join(', 그다음 ')}.`,
  };
}

const what: Text = {
  en: 'Each rank computed its part of the shards of every batch and sent the others what they need for the sums. Any number of ranks gives the same model, to the last bit. Rank 0 wrote this run; the times of workers on this page are those of its own.',
  ko: '랭크마다 배치의 샤드를 나누어 계산하고, 합에 필요한 값을 서로 보냈습니다. 랭크 수와 관계없이 마지막 비트까지 같은 모델이 나옵니다. 이 실행은 랭크 0이 기록했으며, 이 페이지의 워커 시간은 랭크 0의 것입니다.',
};

function table(sessions: readonly RankSession[]): Html {
  const all = sessions.flatMap((session): Row[] => {
    const { ranks, workers } = session;
    return ranks.length === 0
      ? [{ session, workers }]
      : ranks.map((rank) => ({ session, ...rank }));
  });
  const rows = all.slice(0, mostRows);
  const caption = { en: 'The ranks of the run', ko: '실행의 랭크' };
  return renderTable<Row>({
    caption: captionOf(caption, rows.length, all.length),
    columns: [
      ...(sessions.length > 1 ? [firstStep] : []),
      {
        head: { en: 'Rank', ko: '랭크' },
        heading: true,
        value: ({ rank }) => rank ?? { en: 'one process', ko: '프로세스 1개' },
      },
      {
        head: { en: 'Host', ko: '호스트' },
        value: ({ host }) => (host === undefined ? '–' : html`<code>${host}</code>`),
      },
      { head: { en: 'Workers', ko: '워커' }, numeric: true, value: ({ workers }) => workers },
      ...(rows.some(({ shards }) => shards !== undefined) ? shares : []),
    ],
    rows,
  });
}

const firstStep: Column<Row> = {
  head: { en: 'After step', ko: '이 스텝 다음부터' },
  numeric: true,
  value: ({ session }) => formatCount(session.step),
};

/** What a rank computes of a full batch. */
const shares: readonly Column<Row>[] = [
  {
    head: { en: 'Shards of a batch', ko: '배치의 샤드' },
    numeric: true,
    value: ({ shards }) => (shards === undefined ? '–' : formatCount(shards)),
  },
  {
    head: { en: 'Share of the images', ko: '이미지 비율' },
    numeric: true,
    value: ({ samples, session: { ranks } }) => {
      if (samples === undefined) return '–';
      const all = ranks.reduce((sum, rank) => sum + (rank.samples ?? 0), 0);
      return formatPercent(samples / all, 1);
    },
  },
];
