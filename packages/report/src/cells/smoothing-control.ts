import { html, type Html } from '@convbook/page';
import { smoothingWindow, smoothingWindows } from '@convbook/page/charts';
import type { Run } from '@convbook/run';

/** A slider of how far the curves of the training cell are smoothed; hidden until the page's script shows it. */
export function smoothingControl(run: Run): Html | null {
  const windows = smoothingWindows(run);
  if (windows.length < 2) return null;
  return html`<p class="smoothing" data-smoothing="${windows.join(' ')}" hidden>
    <label for="smoothing">${{ en: 'Smoothing', ko: '스무딩' }}</label>
    <input
      id="smoothing"
      type="range"
      min="0"
      max="${windows.length - 1}"
      value="${windows.indexOf(smoothingWindow(run))}"
      step="1"
    />
    <output
      for="smoothing"
      data-mean="${{ en: 'mean of # steps', ko: '#스텝의 평균' }}"
      data-single="${{ en: 'each step', ko: '각 스텝' }}"
    ></output>
  </p>`;
}

/** How many steps a curve is the mean of, as a script keeps it. */
export function smoothedSteps(run: Run): Html {
  return html`<span data-smoothed>${smoothingWindow(run)}</span>`;
}
