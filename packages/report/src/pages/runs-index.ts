import { join } from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import { typedCommand } from '@convbook/core/checks';
import {
  readFirstFilters,
  readRecord,
  runFiles,
  runNames,
  type FilterSnapshot,
  type RunRecord,
} from '@convbook/run';
import { fileSize } from '@convbook/run/writing';
import { comparedNames, comparisonFiles } from './comparison/comparison-file.ts';
import { chosenRuns, runChoice, runsOf } from './runs-choice.ts';
import {
  formatCount,
  formatShortDate,
  formatDuration,
  formatPercent,
  formatPlural,
  html,
  type Html,
  renderPage,
  renderTable,
  type Column,
  type Text,
} from '@convbook/page';
import { tilePictures, pictureImage } from '@convbook/page/images';
import { channelPicture, largestWeight } from '../images/filters.ts';
import { bookUnder } from './lesson-link.ts';
import { readScript } from './read-script.ts';

interface Entry {
  name: string;
  /** The run, null where it cannot be read. */
  record: RunRecord | null;
  filters: FilterSnapshot | null;
  hasNotebook: boolean;
}

/** Filters in a thumbnail, of each the first input channel. */
const thumbnailFilters = 12;
const thumbnailColumns = 6;

/** The page that lists the runs under a directory, the newest first. Other directories are left out. */
export function renderRunsIndex(reports: string): string {
  const entries = runNames(reports)
    .map((name) => readEntry(reports, name))
    .sort((a, b) => (startOf(b) < startOf(a) ? -1 : startOf(b) > startOf(a) ? 1 : 0));
  const readable = entries.flatMap(({ name, record }) => (record === null ? [] : [name]));
  return renderPage({
    title: { en: 'Convbook runs', ko: 'Convbook 실행 목록' },
    scripts: [readScript('runs.js'), readScript('compare-runs.js')],
    body: html`<div class="list">
      <header>
        <p class="kicker">Convbook</p>
        <h1>${{ en: 'Runs', ko: '실행 목록' }}</h1>
        <p class="lead">${lead(entries.length)}</p>
        ${bookLink(bookUnder(reports, './'))}
      </header>
      <main id="content">
        ${entries.length > 0 && runTable(entries, readable.length > 1)}
        ${readable.length > 1 && chosenRuns()} ${comparisons(comparisonFiles(reports), readable)}
      </main>
    </div>`,
  });
}

function bookLink(book: string | undefined): Html | null {
  if (book === undefined) return null;
  const name: Text = { en: 'The lessons', ko: '배우기' };
  return html`<p><a href="${book}">${name}</a></p>`;
}

function lead(runs: number): Text {
  if (runs === 0) {
    return {
      en: `There are no runs yet. Make one with ${typedCommand('train')}.`,
      ko: `아직 실행이 없습니다. 명령 ${typedCommand('train')}으로 만들 수 있습니다.`,
    };
  }
  return {
    en: `${formatPlural(runs, 'run')}, the newest first.`,
    ko: `실행 ${formatCount(runs)}개, 새로운 것부터.`,
  };
}

/** Links to the comparisons made by `pnpm report --compare`. */
function comparisons(files: readonly string[], names: readonly string[]): Html | null {
  if (files.length === 0) return null;
  const link = (file: string) => {
    const [address, runs] = [encodeURIComponent(file), runsOf(file, names)];
    return runs === null
      ? html`<a href="${address}">${comparedNames(file)}</a>`
      : html`<a href="${address}" data-runs="${JSON.stringify(runs)}">${comparedNames(file)}</a>`;
  };
  return html`<h2>${{ en: 'Comparisons', ko: '비교' }}</h2>
    <ul>
      ${files.map((file) => html`<li>${link(file)}</li> `)}
    </ul>`;
}

function readEntry(reports: string, name: string): Entry {
  const directory = join(reports, name);
  const readable = orNull(() => {
    const record = readRecord(directory);
    return { record, filters: readFirstFilters(directory) };
  });
  const notebook = orNull(() => fileSize(join(directory, runFiles.notebook)));
  return { name, record: null, filters: null, ...readable, hasNotebook: notebook !== null };
}

/** What is read from a run, null where it is damaged. */
function orNull<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RunDirectoryError) return null;
    throw error;
  }
}

function startOf({ record }: Entry): string {
  return record?.createdAt ?? '';
}

/** The column of boxes that choose runs. */
const choices: Column<Entry> = {
  head: { en: 'Compare', ko: '비교' },
  value: ({ name, record }) => record && runChoice(name),
};

function runTable(entries: readonly Entry[], canCompare: boolean): Html {
  const of =
    <Value>(pick: (record: RunRecord) => Value | undefined) =>
    ({ record }: Entry) =>
      (record && pick(record)) ?? '–';
  const by =
    (pick: (record: RunRecord) => number | undefined) =>
    ({ record }: Entry) =>
      (record && pick(record)) ?? -1;
  const modelName = ({ model }: RunRecord) => model.name;
  return renderTable<Entry>({
    caption: { en: 'Runs in this directory', ko: '이 디렉터리의 실행' },
    style: canCompare ? 'data runs choosable' : 'data runs',
    columns: [
      ...(canCompare ? [choices] : []),
      { head: { en: 'First-layer filters', ko: '첫 번째 층의 필터' }, value: thumbnail },
      { head: { en: 'Run', ko: '실행' }, heading: true, value: runLink, sort: ({ name }) => name },
      { head: { en: 'Model', ko: '모델' }, value: of(modelName), sort: of(modelName) },
      {
        head: { en: 'Data', ko: '데이터' },
        value: of(({ data }) => data.name),
        sort: of(({ data }) => data.name),
      },
      {
        head: { en: 'Test accuracy', ko: '시험 정확도' },
        numeric: true,
        value: of(({ result }) => result && formatPercent(result.testAccuracy)),
        sort: by(({ result }) => result?.testAccuracy),
      },
      {
        head: { en: 'Time', ko: '시간' },
        numeric: true,
        value: of(({ result }) => result && formatDuration(result.elapsedSeconds)),
        sort: by(({ result }) => result?.elapsedSeconds),
      },
      {
        head: { en: 'Images a second', ko: '초당 이미지' },
        numeric: true,
        value: of(({ result }) => result && formatCount(result.imagesPerSecond)),
        sort: by(({ result }) => result?.imagesPerSecond),
      },
      {
        head: { en: 'Started (UTC)', ko: '시작(UTC)' },
        value: of(({ createdAt }) => formatShortDate(createdAt)),
        sort: of(({ createdAt }) => createdAt),
      },
    ],
    rows: entries,
  });
}

/** The note beside the name of a run that is not complete. */
const states = {
  complete: null,
  running: { en: 'running', ko: '진행 중' },
  interrupted: { en: 'interrupted', ko: '중단됨' },
  diverged: { en: 'diverged', ko: '발산함' },
  failed: { en: 'failed', ko: '실패함' },
} as const satisfies Record<RunRecord['status'], Text | null>;

const unreadable: Text = { en: 'cannot be read', ko: '읽을 수 없음' };

function runLink({ name, record, hasNotebook }: Entry): Html {
  const state = record === null ? unreadable : states[record.status];
  return html`${
    hasNotebook
      ? html`<a href="${encodeURIComponent(name)}/${runFiles.notebook}">${name}</a>`
      : name
  }${state && html` <span class="status">${state}</span>`}`;
}

function thumbnail({ filters }: Entry): Html | string {
  if (filters === null) return '–';
  const shown = Math.min(thumbnailFilters, filters.shape[0]);
  const limit = largestWeight(filters);
  const pictures = Array.from({ length: shown }, (_, k) => channelPicture(filters, k, 0, limit));
  const sheet = tilePictures(pictures, Math.min(shown, thumbnailColumns));
  return pictureImage(sheet, '', 'thumbnail');
}
