// Shows what a term means where its link is pointed at, focused or tapped; the link itself leads to the glossary. What
// is shown stays while the pointer is on it, and Escape hides it.
(() => {
  const { document, HTMLElement, setTimeout, clearTimeout } = globalThis;
  if (!HTMLElement.prototype.showPopover) return;
  const gap = 6;
  let note = null;
  let shown = null;
  let timer = 0;

  const create = () => {
    note = document.createElement('div');
    note.id = 'term-note';
    note.className = 'term-note';
    note.setAttribute('role', 'tooltip');
    note.popover = 'manual';
    document.body.append(note);
  };
  const hide = () => {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute('aria-describedby');
    shown = null;
    note.hidePopover();
  };
  const place = (link) => {
    const [line] = link.getClientRects();
    if (!line) return hide();
    const { width, height } = note.getBoundingClientRect();
    const page = document.documentElement;
    const below = line.bottom + gap;
    const isAbove = below + height > page.clientHeight && line.top > height + gap;
    note.style.top = `${isAbove ? line.top - gap - height : below}px`;
    note.style.left = `${Math.max(8, Math.min(line.left, page.clientWidth - width - 8))}px`;
  };
  const show = (link) => {
    clearTimeout(timer);
    const entry = document.getElementById(link.hash.slice(1));
    if (shown === link || !entry) return;
    hide();
    if (!note) create();
    note.replaceChildren();
    for (const child of entry.children) note.append(child.cloneNode(true));
    note.lang = entry.parentElement.lang;
    note.showPopover();
    link.setAttribute('aria-describedby', note.id);
    shown = link;
    place(link);
  };
  const later = (act, milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };
  const termOf = ({ target }) => target.closest?.('a.term');

  document.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    const link = termOf(event);
    if (link) later(() => show(link), 150);
    else if (event.target.closest?.('.term-note')) clearTimeout(timer);
    else if (shown && shown !== document.activeElement) later(hide, 300);
    else clearTimeout(timer);
  });
  document.addEventListener('focusin', (event) => {
    const link = termOf(event);
    if (link?.matches(':focus-visible')) show(link);
  });
  document.addEventListener('focusout', (event) => {
    if (termOf(event)) hide();
  });
  // The first tap explains, a second one follows the link.
  document.addEventListener('click', (event) => {
    const link = termOf(event);
    const explains = link && event.pointerType === 'touch' && shown !== link;
    if (!explains) {
      if (!event.target.closest?.('.term-note')) hide();
      return;
    }
    event.preventDefault();
    show(link);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !shown) return;
    event.stopImmediatePropagation();
    hide();
  });
  document.addEventListener('scroll', () => shown && place(shown), { passive: true });
})();
