// Which processes trained together, and where: a part of the training cell.
import { captionOf, formatPlural, html, renderTable, type Html, type Text } from '@convbook/page';
import type { RecordedRank, Run } from '@convbook/run';

/** Most rows of the table. */
const mostRows = 128;

/** Null for a run of one process. */
export function ranksPart({ timing }: Run): Html | null {
  // A resumed run may have others each time, or none.
  const starts = timing.filter((event) => event.event === 'start');
  const { ranks, library = 'MPI' } = starts.findLast((start) => start.ranks !== undefined) ?? {};
  if (ranks === undefined) return null;
  return html`<p>${prose(ranks, library)}</p>
    <figure>${table(ranks)}</figure>`;
}

function prose(ranks: readonly RecordedRank[], library: string): Text {
  const hosts = new Set(ranks.map(({ host }) => host)).size;
  const on = formatPlural(hosts, 'host');
  return {
    en: `${formatPlural(ranks.length, 'rank')} on ${on} trained together over ${library}: each computed its part of the shards of every batch and sent the others what they need for the sums. Any number of ranks gives the same model, to the last bit. Rank 0 wrote this run; the times of workers on this page are those of its own.`,
    ko: `호스트 ${hosts}대의 랭크 ${ranks.length}개가 ${library}로 함께 학습했습니다. 랭크마다 배치의 샤드를 나누어 계산하고, 합에 필요한 값을 서로 보냈습니다. 랭크 수와 관계없이 마지막 비트까지 같은 모델이 나옵니다. 이 실행은 랭크 0이 기록했으며, 이 페이지의 워커 시간은 랭크 0의 것입니다.`,
  };
}

function table(ranks: readonly RecordedRank[]): Html {
  const rows = ranks.slice(0, mostRows);
  const caption = { en: 'The ranks of the run', ko: '실행의 랭크' };
  return renderTable<RecordedRank>({
    caption: captionOf(caption, rows.length, ranks.length),
    columns: [
      { head: { en: 'Rank', ko: '랭크' }, heading: true, value: ({ rank }) => rank },
      { head: { en: 'Host', ko: '호스트' }, value: ({ host }) => html`<code>${host}</code>` },
      { head: { en: 'Workers', ko: '워커' }, numeric: true, value: ({ workers }) => workers },
    ],
    rows,
  });
}
