import {
  formatBytes,
  formatDate,
  gzip,
  html,
  toDataUrl,
  type Html,
  type HtmlValue,
  type Text,
} from '@convbook/page';
import {
  runFiles,
  type Run,
  shownSettings,
  type RecordedProject,
  type RunRecord,
  type ShownSetting,
  type Unit,
} from '@convbook/run';
import type { Log } from '@convbook/run/history';
import type { Cell } from './cell.ts';
import { curiousFold } from './curious-fold.ts';
import { engineTexts } from './engine-text.ts';
import { repeatRun } from './repeat-run.ts';

/** Larger downloads, in bytes of base64, are left out so that the page stays below 3 MB. */
const largestDownload = 1_000_000;

const kernels: Text = { en: 'kernels', ko: '커널' };
const none: Text = { en: 'none', ko: '없음' };

/** One of each unit; more of them have an s in English. */
const units: Readonly<Record<Unit, Text>> = {
  epochs: { en: 'epoch', ko: '에폭' },
  samples: { en: 'sample', ko: '샘플' },
  steps: { en: 'step', ko: '스텝' },
  seconds: { en: 'second', ko: '초' },
};

/** Everything that decided the run, and its raw figures. */
export const configurationCell: Cell = {
  id: 'configuration',
  title: { en: 'Settings', ko: '설정' },
  render(run) {
    const { record } = run;
    const { configuration } = record;
    return html`<p>
        ${{
          en: 'Settings and data decide every byte of the model; the machine decides only the time. If a repeated run gives another SHA-256, compare what follows: usually a data file or a version differs.',
          ko: '모델의 모든 바이트는 설정과 데이터가 결정하고, 컴퓨터는 걸리는 시간만 결정합니다. 다시 실행했을 때 SHA-256이 다르면 아래 내용을 비교하십시오. 대개 데이터 파일이나 버전이 다르기 때문입니다.',
        }}
      </p>
      ${repeatRun(run)} ${curiousFold([settings(configuration), environment(run)], everything)}
      <p>
        ${{
          en: 'Raw data, as the run wrote it:',
          ko: '실행이 기록한 원본 데이터를 내려받을 수 있습니다.',
        }}
      </p>
      <ul class="downloads">
        ${download('run.json', toLog(run.recordText), false)}
        ${download('metrics.ndjson', run.logs.metrics, true)}
        ${download('timing.ndjson', run.logs.timing, true)}
      </ul>`;
  },
};

const everything: Text = {
  en: 'Every setting, machine, versions and hashes',
  ko: '모든 설정, 컴퓨터, 버전, 해시',
};

function settings(configuration: RunRecord['configuration']): Html {
  return html`<div class="settings-parts">
    ${pairs(
      { en: 'Training', ko: '학습' },
      shownSettings(configuration).map((setting) => [
        html`<code>${setting.name}</code>`,
        settingText(setting),
      ]),
    )}
  </div>`;
}

function environment({ record, timing }: Run): Html {
  const { host } = record;
  return html`<div class="settings-parts">
    ${pairs({ en: 'Machine and versions', ko: '컴퓨터와 버전' }, [
      [{ en: 'started', ko: '시작' }, formatDate(record.createdAt)],
      [{ en: 'workers', ko: '워커' }, String(host.workers)],
      [{ en: 'cores', ko: '코어' }, String(host.cores)],
      [{ en: 'processor', ko: '프로세서' }, html`<code>${host.processor}</code>`],
      [{ en: 'platform', ko: '플랫폼' }, html`<code>${host.platform}</code>`],
      [{ en: 'memory', ko: '메모리' }, formatBytes(host.memoryBytes)],
      ...codes(record.versions),
      ...(record.project ? [commitRow(record.project)] : []),
      ...engineTexts(timing).map((text) => [kernels, html`${text}`] as const),
    ])}
    ${pairs({ en: 'SHA-256 of the model and of the data files', ko: '모델과 데이터 파일의 SHA-256' }, codes(hashesOf(record)), 'settings-list hashes')}
  </div>`;
}

function hashesOf({ result, data }: RunRecord): Readonly<Record<string, string>> {
  return { ...(result && { [runFiles.model]: result.modelSha256 }), ...data.sha256 };
}

/** The commit of the project that the run was started in. */
function commitRow({ commit, changed }: RecordedProject): readonly [Text, Html] {
  return [
    { en: 'commit of your project', ko: '프로젝트의 커밋' },
    html`<code>${commit}</code>${
        changed === true && { en: ', with changes not committed', ko: ', 커밋하지 않은 변경 있음' }
      }${changed === null && { en: ', changes not checked', ko: ', 변경 여부는 확인하지 못함' }}`,
  ];
}

/** Names and values as code, which is not translated. */
function codes(of: Readonly<Record<string, string>>): (readonly [Html, Html])[] {
  return Object.entries(of).map(([name, value]) => [
    html`<code>${name}</code>`,
    html`<code>${value}</code>`,
  ]);
}

/** Names with their values under a title, in as many columns as the window has room for. */
function pairs(
  title: Text,
  rows: readonly (readonly [HtmlValue, HtmlValue])[],
  style = 'settings-list',
): Html | null {
  if (rows.length === 0) return null;
  const items = rows.map(
    ([name, value]) =>
      html`<div>
        <dt>${name}</dt>
        <dd>${value}</dd>
      </div> `,
  );
  return html`<h3>${title}</h3>
    <dl class="${style}">${items}</dl>`;
}

function settingText({ value, unit }: ShownSetting): HtmlValue {
  if (value === null) return none;
  const code = html`<code>${value}</code>`;
  if (unit === undefined) return code;
  const { en, ko } = units[unit];
  return html`${code} ${{ en: value === 1 ? en : `${en}s`, ko }}`;
}

function toLog(text: string): Log {
  return { sizeBytes: text.length, text };
}

function download(file: string, { sizeBytes, text }: Log, compressed: boolean): Html | null {
  if (text === '') return null;
  if (text === null) return tooLarge(file, sizeBytes);
  const url = compressed
    ? toDataUrl('application/gzip', gzip(text))
    : toDataUrl('application/json', Buffer.from(text));
  const name = compressed ? `${file}.gz` : file;
  if (url.length > largestDownload) return tooLarge(file, text.length);
  const size = formatBytes(text.length);
  return html`<li>
    <a href="${url}" download="${name}">${name}</a>
    (${compressed ? { en: `${size} unpacked`, ko: `압축을 풀면 ${size}` } : size})
  </li> `;
}

function tooLarge(file: string, sizeBytes: number): Html {
  const size = formatBytes(sizeBytes);
  return html`<li>
    <code>${file}</code>
    ${{
      en: `is in the run directory; at ${size} it is too large for this page`,
      ko: `파일은 ${size}로, 이 페이지에 담기에는 너무 커서 실행 디렉터리에만 있습니다`,
    }}
  </li>`;
}
