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
      show(field.value);
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
