import type { Page } from 'playwright-core';

/** Texts and descriptions of the page but for code and what is marked as English. */
export const koreanTexts = (page: Page) =>
  page.evaluate<string[]>(`(() => {
    const other = ':is(span, tspan, p, i, label, dl)[lang="en"], code, pre, script, style, template';
    const nodes = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (nodes.nextNode()) {
      if (!nodes.currentNode.parentElement.closest(other)) texts.push(nodes.currentNode.data);
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['alt', 'aria-label', 'aria-valuetext', 'title', 'placeholder']) {
        if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
      }
    }
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  })()`);
