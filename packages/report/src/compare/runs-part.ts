import { formatCount, formatDuration, formatList, formatNumber, formatPercent } from '../format.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import { renderTable, type Column } from '../table.ts';
import { wilsonInterval } from '../wilson.ts';
import type { ComparedRun } from './compared-run.ts';
import { hostDifferences, settingDifferences, type SettingDifference } from './differences.ts';

/** Which runs are compared, and how each came out. */
export function runsPart(compared: readonly ComparedRun[]): Html {
  const of =
    (pick: (run: ComparedRun['run']) => HtmlValue) =>
    ({ run }: ComparedRun) =>
      pick(run) ?? '–';
  return html`<p>
      Each run has a letter, which names it in every chart and table. An accuracy inside another’s
      interval says little by itself; the same images answered by both say more.
    </p>
    <figure class="wide">
      ${renderTable<ComparedRun>({
        caption: 'The runs',
        columns: [
          { head: 'Letter', heading: true, value: ({ letter }) => letter },
          { head: 'Run', value: ({ run }) => run.name },
          { head: 'Model', value: ({ run }) => run.record.model.name },
          { head: 'Data', value: ({ run }) => run.record.data.name },
          {
            head: 'Test accuracy',
            numeric: true,
            value: of(({ record: { result } }) => result && formatPercent(result.testAccuracy)),
          },
          { head: '95% interval', value: of(interval) },
          {
            head: 'Test loss',
            numeric: true,
            value: of(({ record: { result } }) => result && formatNumber(result.testLoss)),
          },
          {
            head: 'Time',
            numeric: true,
            value: of(({ record: { result } }) => result && formatDuration(result.elapsedSeconds)),
          },
          {
            head: 'Images a second',
            numeric: true,
            value: of(({ record: { result } }) => result && formatCount(result.imagesPerSecond)),
          },
          {
            head: 'Parameters',
            numeric: true,
            value: ({ run }) => formatCount(run.record.model.parameters),
          },
        ],
        rows: compared,
      })}
    </figure>
    ${sameModels(compared)}`;
}

function interval({ record: { result } }: ComparedRun['run']): string | null {
  if (result === undefined) return null;
  const { low, high } = wilsonInterval(result.testCorrect, result.testSamples);
  return `${formatPercent(low)} to ${formatPercent(high)}`;
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
  return html`<p>
    ${groups.map(formatList).join('; ')} ended with the same model, byte for byte.
  </p>`;
}

/** What is not the same in the configurations, and what in the machines. */
export function settingsPart(compared: readonly ComparedRun[]): Html {
  const records = compared.map(({ run }) => run.record);
  const [settings, hosts] = [settingDifferences(records), hostDifferences(records)];
  const said =
    settings.length === 0
      ? 'Nothing that decides the model differs: finished runs of the same version must have the same SHA-256, and another one would be a defect.'
      : 'Everything that decides the model and is not in this table is equal in all runs. Where several settings differ at once, no single one explains the result.';
  return html`<p>${said}</p>
    ${differenceTable('Settings that differ', settings, compared)}
    ${differenceTable('Machines that differ, which decides only the time', hosts, compared)}`;
}

function differenceTable(
  caption: string,
  differences: readonly SettingDifference[],
  compared: readonly ComparedRun[],
): Html | null {
  if (differences.length === 0) return null;
  const columns = compared.map(({ letter }, k): Column<SettingDifference> => ({
    head: letter,
    value: ({ values }) => values[k] ?? '–',
  }));
  return html`<figure class="wide">
    ${renderTable<SettingDifference>({
      caption,
      columns: [
        { head: 'Setting', heading: true, value: ({ path }) => html`<code>${path}</code>` },
        ...columns,
      ],
      rows: differences,
    })}
  </figure>`;
}
