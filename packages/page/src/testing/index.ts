export { markupLines, pageOutline } from './markup.ts';
export { describeInChromium, fakeCamera, launchChromium } from './chromium.ts';
export { foreignWords } from './foreign-words.ts';
export { pageSources, pageText } from './page-text.ts';
