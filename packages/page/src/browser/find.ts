/// <reference lib="dom" />
import { languages, type Text } from '../text/index.ts';

/** The element of a selector that the page is known to have. */
export function find<T extends Element>(selector: string, within: ParentNode = document): T {
  const element = within.querySelector<T>(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}

/** A new element with text and attributes. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text: Text | string = '',
  attributes: Readonly<Record<string, Text | string>> = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  say(element, text);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'string') element.setAttribute(key, value);
    else describe(element, key, value);
  }
  return element;
}

/** Gives an element a text in every language, of which the stylesheet shows one. */
export function say(element: Element, text: Text | string): void {
  if (typeof text === 'string') element.textContent = text;
  else {
    element.replaceChildren();
    for (const lang of languages) element.append(make('span', text[lang], { lang }));
  }
}

/** Gives an attribute the text of the page's language, the others beside it for the switch. */
export function describe(element: Element, attribute: string, text: Text): void {
  for (const language of languages) {
    element.setAttribute(`data-${language}-${attribute}`, text[language]);
    if (document.documentElement.lang === language) element.setAttribute(attribute, text[language]);
  }
}

/**
 * Gives an element other content, in the page's language.
 *
 * @param markup Made by `html`, which escapes.
 */
export function refill(element: Element, markup: string): void {
  element.innerHTML = markup;
  for (const language of languages) {
    if (language !== document.documentElement.lang || language === 'en') continue;
    translate(element, language);
  }
}

/** Exchanges attributes and options, which the stylesheet cannot; the switch of the page finds the English beside them. */
function translate(element: Element, language: string): void {
  for (const own of element.querySelectorAll('*')) {
    for (const { name, value } of [...own.attributes]) {
      const [, attribute] = new RegExp(`^data-${language}-?(.*)$`).exec(name) ?? [];
      if (attribute === undefined) continue;
      const english = name.replace(language, 'en');
      const text = attribute ? own.getAttribute(attribute) : own.textContent;
      own.setAttribute(english, text ?? '');
      if (attribute) own.setAttribute(attribute, value);
      else own.textContent = value;
    }
  }
}
