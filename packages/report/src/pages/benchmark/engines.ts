// Which Node trained, and whether its kernels were wide.
import type { Text } from '@convbook/page';
import type { MeasuredSteps } from './benchmark-report.ts';

type Engine = Pick<MeasuredSteps, 'node' | 'whyNarrow'>;

/** `wide` where V8 joins vectors of the kernels. */
export function kernelsOf({ whyNarrow }: Engine): Text {
  return whyNarrow === null ? { en: 'wide', ko: '넓음' } : { en: 'narrow', ko: '좁음' };
}

/** Every Node that trained, with its kernels. */
export function enginesText(measured: readonly Engine[]): Text {
  const texts = measured.map(engineText);
  const join = (all: readonly string[]) => [...new Set(all)].join('; ');
  return { en: join(texts.map(({ en }) => en)), ko: join(texts.map(({ ko }) => ko)) };
}

function engineText(engine: Engine): { en: string; ko: string } {
  const { node, whyNarrow } = engine;
  if (whyNarrow === null) {
    return { en: `Node ${node} with wide kernels`, ko: `Node ${node}, 넓은 커널` };
  }
  return {
    en: `Node ${node} with narrow kernels (${whyNarrow})`,
    ko: `Node ${node}, 좁은 커널 (${whyNarrow})`,
  };
}
