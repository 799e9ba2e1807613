/// <reference lib="dom" />
import { make, say } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';

/** An option has no elements: its text is that of the page's language, and the switch exchanges it. */
export function makeOption(value: string, text: Text | string): HTMLOptionElement {
  const option = make('option', '', { value });
  if (typeof text === 'string') say(option, text);
  else {
    option.textContent = document.documentElement.lang === 'ko' ? text.ko : text.en;
    [option.dataset.en, option.dataset.ko] = [text.en, text.ko];
  }
  return option;
}
