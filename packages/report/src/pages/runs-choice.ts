// The list of runs lets its reader choose some to compare, and shows the command. `assets/compare-runs.js` answers;
// without scripts a sentence has the form of the command.
import { typedCommand } from '@convbook/core/checks';
import { commandLine, html, type Html } from '@convbook/page';
import { pathWord, shellWord } from '@convbook/run';
import { mostCompared } from './comparison/compared-run.ts';
import { comparedNames } from './comparison/comparison-file.ts';

/** The box that chooses a run; its label is as large as a finger needs. */
export function runChoice(name: string): Html {
  return html`<label class="choice">
    <input
      type="checkbox"
      autocomplete="off"
      data-run="${name}"
      data-word="${shellWord(pathWord(name))}"
      aria-label="${{ en: `Compare ${name}`, ko: `비교할 실행: ${name}` }}"
    />
  </label>`;
}

/** The note on the chosen runs: how many more are wanted, or the command that compares them. */
export function chosenRuns(): Html {
  const command = `${typedCommand('report')} --compare`;
  return html`<p data-unscripted>
      ${{
        en: html`To compare runs, name two to ${mostCompared} of them:
          <code>${command} RUN RUN</code>`,
        ko: html`실행을 비교하려면 실행 이름을 2–${mostCompared}개 적어 명령
          <code>${command} RUN RUN</code>을 실행하십시오.`,
      }}
    </p>
    <section
      class="chosen-runs"
      data-chosen="${mostCompared}"
      aria-label="${{ en: 'Compare runs', ko: '실행 비교' }}"
      hidden
    >
      <p role="status">
        <span data-when="none"
          >${{
            en: `Tick two to ${mostCompared} runs to compare them.`,
            ko: `비교할 실행을 2–${mostCompared}개 고르십시오.`,
          }}</span
        >
        <span data-when="one" hidden
          >${{ en: 'Tick one more run.', ko: '하나 더 고르십시오.' }}</span
        >
        <span data-when="some" hidden
          >${{
            en: html`<b>Compare <span data-count></span> runs.</b> Run this command; the first run
              is the reference:`,
            ko: html`<b>실행 <span data-count></span>개 비교.</b> 다음 명령을 실행하십시오. 첫 번째
              실행이 기준입니다.`,
          }}</span
        >
        <span data-when="many" hidden
          >${{
            en: `At most ${mostCompared} runs fit one comparison: untick some.`,
            ko: `한 번에 ${mostCompared}개까지 비교할 수 있습니다. 몇 개를 빼십시오.`,
          }}</span
        >
      </p>
      <div data-command hidden>${commandLine(command)}</div>
      <p data-made hidden>
        ${{ en: 'This comparison is there:', ko: '이미 만든 비교:' }} <a data-link></a>
      </p>
      <button type="button" data-clear hidden>
        ${{ en: 'Clear the choice', ko: '선택 해제' }}
      </button>
    </section>`;
}

/** The runs of a comparison as its file names them; null where a name is cut or not among these. */
export function runsOf(file: string, names: readonly string[]): string[] | null {
  const runs = comparedNames(file).split('+');
  return runs.every((run) => names.includes(run)) ? runs : null;
}
