import {
  formatCount,
  formatDuration,
  formatList,
  formatNumber,
  formatPercent,
  html,
  renderTable,
  type Column,
  type Html,
  type HtmlValue,
  type Text,
} from '@convbook/page';
import { wilsonInterval } from '../../analysis/wilson.ts';
import type { ComparedRun } from './compared-run.ts';
import { hostDifferences, settingDifferences, type SettingDifference } from './differences.ts';

/** Which runs are compared, and how each came out. */
export function runsPart(compared: readonly ComparedRun[]): Html {
  const of =
    (pick: (run: ComparedRun['run']) => HtmlValue) =>
    ({ run }: ComparedRun) =>
      pick(run) ?? '–';
  return html`<p>
      ${{
        en: 'Each run has a letter, which names it in every chart and table. An accuracy inside another’s interval says little by itself; the same images answered by both say more.',
        ko: '실행마다 글자가 하나씩 있으며, 모든 차트와 표에서 이 글자로 부릅니다. 다른 실행의 구간 안에 있는 정확도는 그것만으로는 말해 주는 것이 적습니다. 둘이 함께 답한 같은 이미지가 더 많은 것을 말해 줍니다.',
      }}
    </p>
    <figure class="wide">
      ${renderTable<ComparedRun>({
        caption: { en: 'The runs', ko: '실행들' },
        columns: [
          { head: { en: 'Letter', ko: '글자' }, heading: true, value: ({ letter }) => letter },
          { head: { en: 'Run', ko: '실행' }, value: runLink },
          { head: { en: 'Model', ko: '모델' }, value: ({ run }) => run.record.model.name },
          { head: { en: 'Data', ko: '데이터' }, value: ({ run }) => run.record.data.name },
          {
            head: { en: 'Test accuracy', ko: '시험 정확도' },
            numeric: true,
            value: of(({ record: { result } }) => result && formatPercent(result.testAccuracy)),
          },
          { head: { en: '95% interval', ko: '95% 구간' }, value: of(interval) },
          {
            head: { en: 'Test loss', ko: '시험 손실' },
            numeric: true,
            value: of(({ record: { result } }) => result && formatNumber(result.testLoss)),
          },
          {
            head: { en: 'Time, tests included', ko: '시간(시험 포함)' },
            numeric: true,
            value: of(({ record: { result } }) => result && formatDuration(result.elapsedSeconds)),
          },
          {
            head: { en: 'Images a second', ko: '초당 이미지' },
            numeric: true,
            value: of(({ record: { result } }) => result && formatCount(result.imagesPerSecond)),
          },
          {
            head: { en: 'Parameters', ko: '매개변수' },
            numeric: true,
            value: ({ run }) => formatCount(run.record.model.parameters),
          },
        ],
        rows: compared,
      })}
    </figure>
    ${sameModels(compared)}`;
}

function runLink({ run, notebook }: ComparedRun): HtmlValue {
  return notebook === null ? run.name : html`<a href="${notebook}">${run.name}</a>`;
}

function interval({ record: { result } }: ComparedRun['run']): Text | null {
  if (result === undefined) return null;
  const { low, high } = wilsonInterval(result.testCorrect, result.testSamples);
  const [from, to] = [low, high].map((edge) => formatPercent(edge));
  return { en: `${from} to ${to}`, ko: `${from}–${to}` };
}

/** Which runs ended with the same bytes. */
function sameModels(compared: readonly ComparedRun[]): Html | null {
  const byHash = new Map<string, string[]>();
  for (const { letter, run } of compared) {
    const hash = run.record.result?.modelSha256;
    if (hash !== undefined) byHash.set(hash, [...(byHash.get(hash) ?? []), letter]);
  }
  const groups = [...byHash.values()].filter((letters) => letters.length > 1);
  if (groups.length === 0) return null;
  const equal = groups.map((letters) => letters.join(', ')).join('; ');
  return html`<p>
    ${{
      en: `${groups.map(formatList).join('; ')} ended with the same model, byte for byte.`,
      ko: `한 바이트도 다르지 않은 같은 모델로 끝난 실행: ${equal}.`,
    }}
  </p>`;
}

/** Settings that differ, and machines that differ. */
export function settingsPart(compared: readonly ComparedRun[]): Html {
  const runs = compared.map(({ run }) => run);
  const settings = settingDifferences(runs.map(({ record }) => record));
  const hosts = hostDifferences(runs);
  const said =
    settings.length === 0
      ? {
          en: 'Nothing that decides the model differs: finished runs of the same version must have the same SHA-256; a different one would be a defect.',
          ko: '모델을 결정하는 것은 모두 같습니다. 같은 버전으로 끝난 실행들은 SHA-256이 같아야 하며, 다르면 결함입니다.',
        }
      : {
          en: 'Everything that decides the model and is not in this table is equal in all runs. Where several settings differ at once, no single one explains the result.',
          ko: '모델을 결정하는 것 가운데 이 표에 없는 것은 모든 실행에서 같습니다. 여러 설정이 함께 다르면 어느 하나만으로는 결과를 설명할 수 없습니다.',
        };
  const [ownSettings, machines] = [
    { en: 'Settings that differ', ko: '다른 설정' },
    {
      en: 'Machines that differ, which decides only the time',
      ko: '다른 컴퓨터(걸리는 시간만 결정합니다)',
    },
  ];
  return html`<p>${said}</p>
    ${differenceTable(ownSettings, settings, compared)}
    ${differenceTable(machines, hosts, compared)}`;
}

function differenceTable(
  caption: Text,
  differences: readonly SettingDifference[],
  compared: readonly ComparedRun[],
): Html | null {
  if (differences.length === 0) return null;
  const columns = compared.map(({ letter }, k): Column<SettingDifference> => ({
    head: letter,
    value: ({ values }) => (values[k] === null ? '–' : html`<code>${values[k]}</code>`),
  }));
  return html`<figure class="wide">
    ${renderTable<SettingDifference>({
      caption,
      style: 'data settings',
      columns: [
        {
          head: { en: 'Setting', ko: '설정' },
          heading: true,
          value: ({ path }) => html`<code>${path}</code>`,
        },
        ...columns,
      ],
      rows: differences,
    })}
  </figure>`;
}
