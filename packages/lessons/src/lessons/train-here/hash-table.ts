import { html, type Html, type Text } from '@convbook/page/markup';
import type { Snapshot } from './state.ts';
import type { TrainingRecord } from './training-record.ts';

const node: Text = { en: 'train in Node, 2 workers', ko: 'Node의 train, 워커 2개' };
const page: Text = { en: 'this page', ko: '이 페이지' };

/** The hashes of this page under those of the record, and that of the step where training rests. */
export function hashTable(
  { hashes, step }: Pick<Snapshot, 'hashes' | 'step'>,
  recorded: TrainingRecord['hashes'],
): Html {
  const here = hashes.get(step);
  const isRecorded = recorded.some((row) => row.step === step);
  return html`<table class="data train-here-hashes">
    <caption>
      ${{
        en: 'SHA-256 of model.safetensors, the file of all parameters',
        ko: '모든 매개변수를 담은 파일의 SHA-256',
      }}
    </caption>
    <thead>
      <tr>
        <th scope="col">${{ en: 'Step', ko: '스텝' }}</th>
        <th scope="col">${{ en: 'Trained by', ko: '학습한 곳' }}</th>
        <th scope="col">SHA-256</th>
      </tr>
    </thead>
    <tbody>
      ${recorded.map(({ step: at, sha256 }) => comparedRows(at, sha256, hashes.get(at)))}
      ${here !== undefined && !isRecorded && hashRow(step, page, here)}
    </tbody>
  </table>`;
}

function comparedRows(step: number, sha256: string, here: string | undefined): Html {
  const verdict: Text | null =
    here === undefined
      ? null
      : here === sha256
        ? { en: 'the same', ko: '같습니다' }
        : { en: 'another', ko: '다릅니다' };
  return html`${hashRow(step, node, sha256)}
  ${here !== undefined && hashRow(step, page, here, verdict)}`;
}

function hashRow(step: number, by: Text, sha256: string, verdict: Text | null = null): Html {
  return html`<tr>
    <td class="number">${step}</td>
    <td>${by}</td>
    <td><code>${sha256}</code>${verdict && html` <b>${verdict}</b>`}</td>
  </tr> `;
}
