import { formatCount, html, type Html } from '@convbook/page';
import type { ResolvedModel } from '@convbook/layers';
import { passCost } from '../explain/cost.ts';

/** Says that a part of a cell is left out because of what it would take to compute. */
export function leftOut(model: ResolvedModel): Html {
  const cost = formatCount(passCost(model));
  return html`<p>
    ${{
      en: `Some of this is left out: one image on its way through this model takes as long as ${cost} multiply-adds, and a notebook computes at most 10,000,000,000 for each part.`,
      ko: `일부를 생략했습니다. 이미지 한 장이 이 모델을 지나는 데 곱셈-누산(MAC) ${cost}번만큼의 시간이 걸리며, 노트북은 부분마다 10,000,000,000번까지만 계산합니다.`,
    }}
  </p>`;
}
