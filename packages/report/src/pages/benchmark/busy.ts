// Whether other processes took part in the figures.
import { highest } from '@convbook/core';
import { formatCount, html, type Html } from '@convbook/page';
import type { BenchmarkReport, MeasuredSteps } from './benchmark-report.ts';

/** More cores than others may use meanwhile: the limit above which `pnpm bench` gives no peak. */
const mostForeignCores = 0.15;

/** Whether a measurement was disturbed. */
export function isDisturbed({ foreignCores }: MeasuredSteps): boolean {
  return foreignCores > mostForeignCores;
}

/** The banner over figures that other processes disturbed; null where the machine was quiet. */
export function busyBanner({ steps }: BenchmarkReport): Html | null {
  const disturbed = steps.filter(isDisturbed);
  if (disturbed.length === 0) return null;
  const most = highest(disturbed.map(({ foreignCores }) => foreignCores)).toFixed(2);
  const [some, all] = [disturbed.length, steps.length].map(formatCount);
  return html`<p class="note">
    <strong>${{ en: 'The machine was busy.', ko: '컴퓨터가 다른 일을 하고 있었습니다.' }}</strong>
    ${{
      en: `During ${some} of ${all} measurements other processes used up to ${most} cores. Those times are longer than on a quiet machine, and how they compare with others means little. Measure again when nothing else runs.`,
      ko: `측정 ${all}개 중 ${some}개에서 다른 프로세스가 코어를 최대 ${most}개 썼습니다. 그 시간은 조용한 컴퓨터에서보다 길고, 다른 값과 비교해도 의미가 적습니다. 다른 프로그램이 없을 때 다시 재십시오.`,
    }}
  </p>`;
}
