// Keeps a notebook up to date that is served while its run goes on: replaces the old content, and
// keeps what the reader opened and where they are.
(() => {
  const { DOMParser, EventSource, fetch, location } = globalThis;
  const enhance = document.currentScript.previousElementSibling.textContent;
  const source = new EventSource('/events');
  let isBusy = false;

  const nameOf = (fold) =>
    `${fold.closest('section')?.id} ${fold.querySelector('summary').textContent}`;
  const folds = () => [...document.querySelectorAll('.layout details')];

  const update = async () => {
    const text = await (await fetch('/')).text();
    const next = new DOMParser().parseFromString(text, 'text/html').querySelector('.layout');
    const opened = new Set(
      folds()
        .filter(({ open }) => open)
        .map(nameOf),
    );
    document.querySelector('.layout').replaceWith(next);
    document.dispatchEvent(new globalThis.Event('contentchange'));
    for (const fold of folds()) fold.open = opened.has(nameOf(fold));
    const script = document.createElement('script');
    script.textContent = enhance;
    document.body.append(script);
    script.remove();
  };

  source.addEventListener('changed', () => {
    if (isBusy) return;
    isBusy = true;
    update().finally(() => (isBusy = false));
  });
  source.addEventListener('end', () => {
    source.close();
    location.reload();
  });
  // The training process is gone: what it had shown stays.
  source.addEventListener('error', () => source.close());
})();
