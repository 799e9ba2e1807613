// The valley from above with the paths of the optimizers, and how high each stands step by step.
import { formatNumber, html, inLanguages, type Html, type Text } from '@convbook/page/markup';
import { plot, plotMargin, type PlotAxis, type PlotLine } from '../../figure/plot.ts';
import { heightAt, type Moment, type Point, type Runner } from './race.ts';

/** An optimizer with the way that it went. */
export interface Run {
  readonly runner: Runner;
  readonly moments: readonly Moment[];
}

const [width, height] = [480, 290];
/** What the plot shows of the valley. */
export const [reachX, reachY] = [10, 4];

const x: PlotAxis = { label: 'x', domain: [-reachX, reachX] };
const y: PlotAxis = { label: 'y', domain: [-reachY, reachY] };

/** Heights at which a line is drawn. */
const levels = [0.1, 0.5, 1, 2, 4, 7, 11, 16];

/** Which part of the picture is the plot, in shares of its width and height. */
export const valleyBox = {
  left: plotMargin.left / width,
  right: 1 - plotMargin.right / width,
  top: plotMargin.top / height,
  bottom: 1 - plotMargin.bottom / height,
};

/** The valley with paths. */
export function valleyPlot(runs: readonly Run[], start: Point, alt: Text): Html {
  return plot({
    lines: runs.map(({ runner, moments }) => ({
      ...lineOf(runner),
      points: visible(moments.map(({ at }) => at)),
    })),
    dots: [
      ...runs.map(({ runner: { color }, moments }) => ({ at: last(moments).at, color })),
      { at: start, color: 3 },
    ],
    x,
    y,
    behind: contours(),
    alt,
    width,
    height,
  });
}

/** The height of every optimizer after each step. */
export function heightPlot(runs: readonly Run[], steps: number, alt: Text): Html {
  return plot({
    lines: runs.map(({ runner, moments }) => ({
      ...lineOf(runner),
      points: moments.map(({ at }, k) => [k, Math.max(lowest, heightAt(at))] as const),
    })),
    x: { label: { en: 'step', ko: '스텝' }, domain: [0, steps] },
    y: { label: 'f(x, y)', domain: [lowest, 100], isLog: true },
    alt,
    width: 420,
    height: 270,
  });
}

/** Heights below are drawn here. */
const lowest = 1e-5;

const lineOf = ({ title, color, dashed }: Runner): Omit<PlotLine, 'points'> => ({
  name: title,
  color,
  dashed,
});

const last = (moments: readonly Moment[]) => moments[moments.length - 1];

/** A path ends where it leaves the picture. */
function visible(points: readonly Point[]): readonly Point[] {
  const out = points.findIndex(([a, b]) => !(Math.abs(a) <= reachX && Math.abs(b) <= reachY));
  return out < 0 ? points : points.slice(0, out + 1);
}

/** Lines of one height are ellipses: x²/20 + y² = level. */
function contours(): Html {
  const inner = {
    width: width - plotMargin.left - plotMargin.right,
    height: height - plotMargin.top - plotMargin.bottom,
  };
  return html`<svg
    x="${plotMargin.left}"
    y="${plotMargin.top}"
    width="${inner.width}"
    height="${inner.height}"
    viewBox="${-reachX} ${-reachY} ${2 * reachX} ${2 * reachY}"
    preserveAspectRatio="none"
  >
    ${levels.map(
      (level) =>
        html`<ellipse
          class="downhill-contour"
          rx="${Math.sqrt(20 * level).toFixed(3)}"
          ry="${Math.sqrt(level).toFixed(3)}"
        />`,
    )}
  </svg>`;
}

/** After which step a run was stopped, far outside the picture; `null` where it made them all. */
export function stoppedAfter({ moments }: Run, steps: number): number | null {
  const made = moments.length - 1;
  return made < steps ? made : null;
}

/** Who stands lowest, and who climbed. */
export function pathsText(runs: readonly Run[], steps: number): Text {
  const [best] = runs.toSorted((a, b) => endOf(a) - endOf(b));
  const gone = runs.filter((run) => !(endOf(run) <= startOf(run)));
  return inLanguages((language) => {
    const [name, least] = [best.runner.title[language], formatNumber(endOf(best))];
    const climbers = gone.map((run) => climberText(run, steps)[language]).join(', ');
    const words = sentences(steps, name, least, climbers)[language];
    const stopped = stoppedAfter(best, steps);
    if (stopped !== null) return stoppedText(stopped, name, least)[language];
    const first = runs.length === 1 ? words.alone : words.lowest;
    return gone.length === 0 ? first : `${first} ${words.climbed}`;
  });
}

const sentences = (steps: number, name: string, least: string, climbers: string) => ({
  en: {
    alone: `After ${steps} steps ${name} stands at the height ${least}.`,
    lowest: `After ${steps} steps ${name} stands lowest, at the height ${least}.`,
    climbed: `Higher than at the start: ${climbers}.`,
  },
  ko: {
    alone: `${steps}스텝 뒤 ${name}의 높이는 ${least}입니다.`,
    lowest: `${steps}스텝 뒤 가장 낮은 곳에 있는 것은 ${name}이고, 높이는 ${least}입니다.`,
    climbed: `출발점보다 높이 올라간 것: ${climbers}.`,
  },
});

/** A run that climbed, and whether it was stopped. */
function climberText(run: Run, steps: number): Text {
  const { en, ko } = run.runner.title;
  const step = stoppedAfter(run, steps);
  if (step === null) return { en, ko };
  return {
    en: `${en} (stopped after step ${step}, far outside the picture)`,
    ko: `${ko}(${step}스텝 뒤 그림을 멀리 벗어나 계산을 멈춤)`,
  };
}

const stoppedText = (step: number, name: string, height: string): Text => ({
  en: `${name} was stopped after step ${step}: it has left the picture, at the height ${height}.`,
  ko: `${step}스텝 뒤 그림을 멀리 벗어나 계산을 멈춘 ${name}의 높이는 ${height}입니다.`,
});

const startOf = ({ moments }: Run) => heightAt(moments[0].at);
const endOf = ({ moments }: Run) => heightAt(last(moments).at);
