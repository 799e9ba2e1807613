// Below a command of a run: what to put in the place of the paths that the page leaves out.
import { html, type Html, type Text } from '@convbook/page';
import { withoutPaths, type RunRecord } from '@convbook/run';

const pictures: Text = { en: 'the path of your folder of pictures', ko: '그림 폴더의 경로' };
const data: Text = { en: 'the path of your data', ko: '데이터의 경로' };
const model: Text = { en: 'the path of your model file', ko: '모델 파일의 경로' };
const start: Text = { en: 'the path of what it began from', ko: '시작한 실행이나 가중치의 경로' };

/** Null where the command works as it stands, wherever it is typed. */
export function pathNote(record: RunRecord): Html | null {
  const { command } = withoutPaths(record);
  const dataPath = record.data.source?.kind === 'pictures' ? pictures : data;
  const places = [
    { word: wordOf(command, 'data'), source: record.data.source, path: dataPath },
    { word: wordOf(command, 'model'), source: record.model.source, path: model },
    { word: wordOf(command, 'from'), source: record.start?.source, path: start },
  ].filter(({ word, source }) => word !== null && source?.absolutePath !== undefined);
  if (places.length === 0) return null;
  const listed = places.map(({ word, path }, k) => ({
    en: html`${k > 0 && ' and '}${path.en} in the place of <code>${word}</code>`,
    ko: html`${k > 0 && ', '}<code>${word}</code> 자리에 ${path.ko}`,
  }));
  return html`<p class="note">
    ${{
      en: html`This page leaves out where files lie: put ${listed.map(({ en }) => en)}.`,
      ko: html`이 페이지에는 파일의 위치가 들어 있지 않습니다. ${listed.map(({ ko }) => ko)}를
      넣으십시오.`,
    }}
  </p>`;
}

/** The value of an option as it stands in the command, with its quotes; null where the command does not have it. */
function wordOf(command: string, option: string): string | null {
  const [, word] =
    new RegExp(String.raw`--${option} ((?:'[^']*'|\\.|[^\s'\\])+)`).exec(command) ?? [];
  return word ?? null;
}
