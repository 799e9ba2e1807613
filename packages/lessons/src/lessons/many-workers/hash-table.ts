import { highest } from '@convbook/core';
import { formatCount, formatNumber, html, type Html } from '@convbook/page/markup';
import type { Compute } from '../../figure/compute.ts';
import { addInTurn, adderOf } from './add-up.ts';
import { shardGradient, shardsOf } from './gradients.ts';
import { race } from './race.ts';
import { sha256 } from './sha256.ts';

/** How many workers there can be. */
export const workerCounts = [1, 2, 3, 4, 8] as const;

/** Digits of a hash that stand in the table. */
const digits = 16;

interface Sums {
  readonly arrivals: readonly number[];
  readonly tree: Float32Array;
  readonly inTurn: Float32Array;
}

/** The mean gradient of the batch, summed as a tree and in the order of arrival. */
export function sumsOf(compute: Compute, speeds: readonly number[]): Sums {
  const shards = shardsOf(compute);
  const counts = shards.map(({ count }) => count);
  const { arrivals } = race(counts, speeds);
  const add = adderOf(compute.module);
  const images = counts.reduce((sum, count) => sum + count, 0);
  const gradients = shards.map(({ index }) => shardGradient(compute, index));
  return {
    arrivals,
    tree: add(gradients, images),
    inTurn: addInTurn(
      add,
      arrivals.map((shard) => gradients[shard]),
      images,
    ),
  };
}

export const hashOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
  sha256(new Uint8Array(buffer, byteOffset, byteLength));

/** Both hashes for every number of workers, at the same speeds. */
export function hashTable(compute: Compute, speeds: readonly number[], chosen: number): Html {
  const rows = workerCounts.map((workers) => {
    const sums = sumsOf(compute, speeds.slice(0, workers));
    return { workers, ...sums, hashes: [hashOf(sums.tree), hashOf(sums.inTurn)] };
  });
  const [first] = rows;
  const caption = {
    en: 'SHA-256 of the mean gradient, its first 16 digits',
    ko: '평균 기울기의 SHA-256, 앞 16자리',
  };
  const now = rows.find(({ workers }) => workers === chosen) ?? first;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
      <table class="data workers-table">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${{ en: 'Workers', ko: '워커 수' }}</th>
            <th scope="col">${{ en: 'Shards as they finish', ko: '샤드가 끝나는 순서' }}</th>
            <th scope="col">${{ en: 'Added as a tree', ko: '트리로 더함' }}</th>
            <th scope="col">${{ en: 'Added as they arrive', ko: '끝나는 순서대로 더함' }}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ workers, arrivals, hashes }) =>
              html`<tr class="${workers === chosen && 'chosen'}">
                <th scope="row">${workers}</th>
                <td>${arrivals.map((shard) => shard + 1).join(' ')}</td>
                ${hashes.map((hash, k) => hashCell(hash, first.hashes[k]))}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    <p class="lesson-sum">${differenceText(now)}</p>`;
}

/** A hash that is not that of one worker stands out. */
function hashCell(hash: string, ofOne: string): Html {
  const isOther = hash !== ofOne;
  return html`<td class="${isOther && 'workers-other'}">
    <code>${hash.slice(0, digits)}</code> ${isOther && '≠'}
  </td>`;
}

/** As many digits as tell any two float32 numbers apart. */
const exact = (value: number) => formatNumber(value, 9);

function differenceText({ tree, inTurn }: Sums) {
  const differences = Array.from(tree, (value, k) => Math.abs(value - inTurn[k]));
  const count = differences.filter((difference) => difference > 0).length;
  const most = highest(differences);
  const at = differences.indexOf(most);
  if (count === 0) {
    return {
      en: 'Here both ways give the same numbers.',
      ko: '이 순서에서는 두 방법의 결과가 같습니다.',
    };
  }
  return {
    en: `${formatCount(count)} of ${formatCount(tree.length)} numbers differ between the two ways, the most by ${formatNumber(most)}: ${exact(tree[at])} and ${exact(inTurn[at])}.`,
    ko: `두 방법의 결과는 수 ${formatCount(tree.length)}개 가운데 ${formatCount(count)}개가 다르며, 가장 큰 차이는 ${formatNumber(most)}입니다(${exact(tree[at])}, ${exact(inTurn[at])}).`,
  };
}
