// Keeps the choice of language: ?lang=ko or ?lang=en, else that of the last visit. The address and the
// links to other pages have it too, for storage is refused in places. The switch itself is CSS and
// works without this; only attributes, options, the title and the document's language do not.
(() => {
  const { location, document, history } = globalThis;
  const key = 'convbook-language';
  const root = document.documentElement;
  const fields = [...document.querySelectorAll('input[name="language"]')];
  const translated = '//@*[starts-with(name(), "data-ko")]';

  const show = (language) => {
    root.lang = language;
    const found = document.evaluate(translated, document, null, 7);
    for (let k = 0; k < found.snapshotLength; k++) {
      const { ownerElement: element, name } = found.snapshotItem(k);
      const attribute = name.slice('data-ko-'.length);
      const english = name.replace('ko', 'en');
      if (!element.hasAttribute(english)) {
        const text = attribute ? element.getAttribute(attribute) : element.textContent;
        element.setAttribute(english, text);
      }
      const text = element.getAttribute(language === 'ko' ? name : english);
      if (attribute) element.setAttribute(attribute, text);
      else element.textContent = text;
    }
    for (const link of document.querySelectorAll('a[href*=".html"]')) {
      link.search = `?lang=${language}`;
    }
    document.dispatchEvent(new globalThis.Event('languagechange'));
  };

  // Where the reader reads: a line of the window, in pixels, just below the switches of a narrow one.
  const line = 64;
  const boxOf = (part) => part.getBoundingClientRect();
  // The smallest part on the line, else the first below it, that stands in the page in every language.
  const partAtLine = () => {
    let part = document.body;
    while (!part.matches('svg, details:not([open])')) {
      const inside = [...part.children].filter(
        (child) => !child.matches('aside, nav') && boxOf(child).height > 1,
      );
      if (inside.some((child) => child.matches('span[lang], dl[lang]'))) break;
      const next = inside.find((child) => boxOf(child).bottom > line) ?? inside.at(-1);
      if (!next) break;
      part = next;
    }
    return part;
  };

  // The part at the line stays there, although texts above it take another height; a page at its start
  // stays at its start. The field is checked by now: that of the language before is checked once more, for
  // as long as the part is looked for.
  const showInPlace = (field) => {
    if (globalThis.scrollY === 0) return show(field.value);
    const before = fields.find(({ value }) => value === root.lang) ?? field;
    before.checked = true;
    const part = partAtLine();
    const { top, height } = boxOf(part);
    const share = height > 0 ? Math.min(1, Math.max(0, (line - top) / height)) : 0;
    field.checked = true;
    show(field.value);
    const after = boxOf(part);
    const moved = after.top + share * after.height - (top + share * height);
    globalThis.scrollBy({ top: moved, behavior: 'instant' });
  };

  const keep = (language) => {
    const search = new globalThis.URLSearchParams(location.search);
    search.set('lang', language);
    history.replaceState(history.state, '', `?${search}${location.hash}`);
    try {
      localStorage.setItem(key, language);
    } catch {
      // Storage is refused: the address has it.
    }
  };

  let wanted = new globalThis.URLSearchParams(location.search).get('lang');
  try {
    wanted ??= localStorage.getItem(key);
  } catch {
    // As above.
  }
  for (const field of fields) {
    if (field.value === wanted) field.checked = true;
    field.addEventListener('change', () => {
      showInPlace(field);
      keep(field.value);
    });
  }
  const showChosen = () => {
    const [chosen] = fields.filter(({ checked }) => checked);
    if (chosen.value !== 'en' || root.lang !== 'en') show(chosen.value);
  };
  document.addEventListener('DOMContentLoaded', showChosen);
  document.addEventListener('contentchange', showChosen);
})();
