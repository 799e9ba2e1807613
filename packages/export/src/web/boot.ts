/// <reference lib="dom" />
// The first script of the page: it unpacks the one that does the work. The policy of the page has the hash of both.
import { say } from '@convbook/page/browser';
import { showTrouble } from './trouble.ts';
import { unpackPart } from './unpack-part.ts';

async function boot(): Promise<void> {
  const script = document.createElement('script');
  script.textContent = new TextDecoder().decode(await unpackPart('script'));
  document.body.append(script);
  script.remove(); // it has run; a page that is saved now would run it twice
}

for (const note of document.querySelectorAll('[data-unavailable]')) {
  say(note, { en: 'The model is loading …', ko: '모델을 불러오는 중입니다 …' });
}
document.addEventListener('DOMContentLoaded', () => void boot().catch(showTrouble));
