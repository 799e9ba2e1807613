// The commands that repeat a run and check it: a part of the settings' cell.
import { typedCommand } from '@convbook/core/checks';
import { commandLine, html, type Html, type Text } from '@convbook/page';
import {
  isRepeatable,
  pathWord,
  shellWord,
  withoutPaths,
  type Run,
  type RunRecord,
} from '@convbook/run';
import { pathNote } from './path-note.ts';

export function repeatRun(run: Run): Html {
  const { command, status, data } = withoutPaths(run.record);
  const isVerifiable = status === 'complete' && data.source?.kind !== 'object';
  return html`<div class="wide abreast">
    <div>
      <p>${repetition(status, isRepeatable(command))}</p>
      ${commandLine(command)} ${pathNote(run.record)}
    </div>
    ${isVerifiable && verification(run)}
  </div>`;
}

/** The sentence before the command. */
function repetition(status: RunRecord['status'], repeats: boolean): Text {
  if (!repeats) {
    return {
      en: 'A program passed the model or the data to this run. With them in the place of <…>, this command gives the same model, byte for byte, on any number of workers:',
      ko: '프로그램이 이 실행에 모델이나 데이터를 직접 넘겼습니다. 그것을 <…> 자리에 넣어 이 명령을 실행하면 워커 수와 관계없이 바이트까지 똑같은 모델이 나옵니다.',
    };
  }
  if (status !== 'complete') {
    return { en: 'The command that began this run:', ko: '이 실행을 시작한 명령입니다.' };
  }
  return {
    en: 'The same command gives the same model, byte for byte, on any number of workers:',
    ko: '이 명령을 다시 실행하면 워커 수와 관계없이 바이트까지 똑같은 모델이 나옵니다.',
  };
}

function verification({ name }: Run): Html {
  return html`<div>
    <p>
      ${{
        en: html`This trains again from <code>run.json</code> alone and compares the SHA-256 of the
          two models; name a run outside of <code>reports/</code> by its path:`,
        ko: html`다음 명령은 <code>run.json</code>만으로 다시 학습하여 두 모델의 SHA-256을
          비교합니다. <code>reports/</code> 밖에 있는 실행은 경로로 적으십시오.`,
      }}
    </p>
    ${commandLine(`${typedCommand('verify')} ${shellWord(pathWord(name))}`)}
  </div>`;
}
