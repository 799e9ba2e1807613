import {
  commandLine,
  formatDate,
  formatPlural,
  html,
  pageLayout,
  renderPage,
  type Part,
  type Text,
} from '@convbook/page';
import { chartScript, readScript } from '../read-script.ts';
import type { BenchmarkReport } from './benchmark-report.ts';
import { enginesText } from './engines.ts';
import { memoryPart } from './memory-part.ts';
import { peakPart } from './peak-part.ts';
import { profilePart } from './profile-part.ts';
import { stepsPart } from './steps-part.ts';

/** The measurements of `pnpm bench` as one self-contained HTML document. */
export async function renderBenchmark(report: BenchmarkReport): Promise<string> {
  const { at, host, command, loadBefore, steps, peers, profiles } = report;
  const engines = enginesText(steps);
  const parts: Part[] = [
    {
      id: 'steps',
      title: { en: 'Time of a step', ko: '스텝의 시간' },
      content: await stepsPart(report),
    },
    {
      id: 'peak',
      title: { en: 'What the processor could do', ko: '프로세서의 한계와 비교' },
      content: await peakPart(report),
    },
    {
      id: 'memory',
      title: { en: 'Memory', ko: '메모리' },
      content: await memoryPart(report),
    },
    ...(profiles.length === 0
      ? []
      : [
          {
            id: 'profile',
            title: { en: 'Layer by layer', ko: '층별 시간' },
            content: await profilePart(report),
          },
        ]),
    {
      id: 'command',
      title: { en: 'How it was measured', ko: '측정 방법' },
      content: html`${commandLine(command)}
        <p>
          ${{
            en: `On ${host}; ${engines.en}; load before: ${loadBefore.toFixed(2)}. Every measurement is its own process, repetitions take turns, and an equally long warm-up precedes each.`,
            ko: `${host}에서 ${engines.ko}로 측정했고 직전 부하는 ${loadBefore.toFixed(2)}이었습니다. 측정마다 별도의 프로세스를 쓰고, 반복은 번갈아 하며, 매번 같은 길이의 예열을 먼저 합니다.`,
          }}
        </p>`,
    },
  ];
  const date = formatDate(at);
  const models = new Set(steps.map(({ model }) => model)).size;
  return renderPage({
    title: { en: 'Convbook benchmark', ko: 'Convbook 성능 측정' },
    scripts: [readScript('notebook.js'), await chartScript()],
    body: pageLayout(
      {
        kicker: { en: `Convbook · ${date.en}`, ko: `Convbook · ${date.ko}` },
        heading: html`${{ en: 'Training steps, timed', ko: '학습 스텝의 속도' }}`,
        lead: lead(models, host, peers.length > 0),
      },
      parts,
    ),
  });
}

function lead(models: number, host: string, hasPeers: boolean): Text {
  const count = formatPlural(models, 'model');
  return hasPeers
    ? {
        en: `${count} on ${host}, with other systems measured in the same run.`,
        ko: `${host}에서 잰 모델 ${models}개. 다른 시스템도 같은 실행에서 쟀습니다.`,
      }
    : { en: `${count} on ${host}.`, ko: `${host}에서 잰 모델 ${models}개.` };
}
