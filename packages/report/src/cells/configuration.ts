import { gzip, toDataUrl } from '../data-url.ts';
import { formatBytes, formatDate } from '../format.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import { renderTable } from '../table.ts';
import type { Cell } from './cell.ts';

/** Larger downloads, in bytes of base64, are left out so that the page stays below 3 MB. */
const largestDownload = 1_000_000;

type Setting = string | number | null | Record<string, string | number>;

/** Everything that decided the run, and its raw figures. */
export const configurationCell: Cell = {
  id: 'configuration',
  title: 'Configuration and environment',
  render(run) {
    const { record } = run;
    const { configuration, host } = record;
    return html`<p>
        The configuration and the data decide every byte of the model; the machine decides only the
        time. If a repetition gives another SHA-256, compare these tables: a different data file or
        version is the usual reason.
      </p>
      <figure class="wide tables">
        ${pairs(
          'Configuration',
          Object.entries<Setting>({ ...configuration }).map(([key, value]) => [
            key,
            settingText(value),
          ]),
        )}
        ${pairs('Machine', [
          ['started', formatDate(record.createdAt)],
          ['workers', String(host.workers)],
          ['cores', String(host.cores)],
          ['processor', host.processor],
          ['platform', host.platform],
          ['memory', formatBytes(host.memoryBytes)],
        ])}
        ${pairs('Versions', Object.entries(record.versions))}
      </figure>
      <figure class="wide">
        ${pairs(
          'SHA-256 of the data files',
          Object.entries(record.data.sha256).map(([file, hash]) => [
            file,
            html`<code>${hash}</code>`,
          ]),
        )}
      </figure>
      <p>Raw figures, as the run wrote them:</p>
      <ul class="downloads">
        ${download('run.json', run.texts.record, false)}
        ${download('metrics.ndjson', run.texts.metrics, true)}
        ${download('timing.ndjson', run.texts.timing, true)}
      </ul>`;
  },
};

function pairs(caption: string, rows: readonly (readonly [string, HtmlValue])[]): Html | null {
  if (rows.length === 0) return null;
  return renderTable({
    caption,
    style: 'data pairs',
    columns: [
      { head: 'Name', heading: true, value: ([name]) => name },
      { head: 'Value', value: ([, value]) => value },
    ],
    rows,
  });
}

function settingText(value: Setting): string {
  if (value === null) return 'none';
  if (typeof value !== 'object') return String(value);
  const { name, ...settings } = value;
  const rest = Object.entries(settings).map(([key, setting]) => `${key} ${setting}`);
  const parts = name === undefined ? rest : [name, ...rest];
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function download(file: string, text: string, compressed: boolean): Html | null {
  if (text === '') return null;
  const url = compressed
    ? toDataUrl('application/gzip', gzip(text))
    : toDataUrl('application/json', Buffer.from(text));
  const name = compressed ? `${file}.gz` : file;
  if (url.length > largestDownload) {
    return html`<li>
      <code>${file}</code> stands in the run directory; at ${formatBytes(text.length)} it is too
      large for this page
    </li>`;
  }
  return html`<li>
    <a href="${url}" download="${name}">${name}</a>
    (${formatBytes(text.length)}${compressed && ' unpacked'})
  </li> `;
}
