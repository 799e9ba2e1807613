export { seriousFindings } from './accessibility.ts';
export { koreanTexts } from './korean-texts.ts';
export { markupLines, pageOutline } from './markup.ts';
export { describeInChromium, fakeCamera, launchChromium } from './chromium.ts';
export { foreignWords } from './foreign-words.ts';
export { pageSources, pageText } from './page-text.ts';
export { settlePage } from './settle-page.ts';
