// What a verdict is made of.
import { html, type Html, type Text } from '@convbook/page';

/** A training's course in words. */
export interface CourseWords {
  readonly title: Text;
  /** The finding of the figures. */
  readonly shows: Text;
  /** The next thing to do. */
  readonly next: Text<Html>;
}

/** An option as one types it. */
export const option = (name: string, value: string | number) =>
  html`<code class="option">--${name} ${value}</code>`;
