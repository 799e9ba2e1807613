/// <reference lib="dom" />
import { say } from '@convbook/page/browser';

/** Says in the page why it does not work. */
export function showTrouble(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  for (const note of document.querySelectorAll('[data-unavailable]')) {
    say(note, {
      en: `This page does not work: ${reason}`,
      ko: `이 페이지가 작동하지 않습니다: ${reason}`,
    });
  }
}
