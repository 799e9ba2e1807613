// Shows the command that compares the runs chosen in the list, in the order in which they were chosen, and the
// comparison of just these where it is there.
(() => {
  const { document } = globalThis;
  const panel = document.querySelector('[data-chosen]');
  if (!panel) return;
  const most = Number(panel.dataset.chosen);
  const find = (selector) => panel.querySelector(selector);
  const code = find('code');
  const [begin] = code.children;
  let chosen = [];

  const sorted = (names) => JSON.stringify([...names].sort());
  const made = new Map(
    [...document.querySelectorAll('[data-runs]')].map((link) => [
      sorted(JSON.parse(link.dataset.runs)),
      link,
    ]),
  );

  const stateOf = (count) => {
    if (count < 2) return ['none', 'one'][count];
    return count > most ? 'many' : 'some';
  };
  const showCommand = () => {
    code.replaceChildren(begin);
    chosen.forEach(({ dataset: { word } }, k) => {
      const span = document.createElement('span');
      span.textContent = k === 0 ? `--compare ${word}` : word;
      code.append(' ', span);
    });
  };
  const showMade = () => {
    const link = made.get(sorted(chosen.map(({ dataset }) => dataset.run)));
    find('[data-made]').hidden = !link;
    if (!link) return;
    find('[data-link]').href = link.href;
    find('[data-link]').textContent = link.textContent;
  };
  const show = () => {
    const state = stateOf(chosen.length);
    for (const words of panel.querySelectorAll('[role="status"] [data-when]')) {
      words.hidden = words.dataset.when !== state;
    }
    for (const count of panel.querySelectorAll('[data-count]')) count.textContent = chosen.length;
    find('[data-command]').hidden = state !== 'some';
    find('[data-clear]').hidden = chosen.length === 0;
    if (state === 'some') showCommand();
    showMade();
  };

  document.addEventListener('change', ({ target: box }) => {
    if (box.dataset.run === undefined) return;
    chosen = box.checked ? [...chosen, box] : chosen.filter((one) => one !== box);
    show();
  });
  find('[data-clear]').addEventListener('click', () => {
    const [first] = chosen;
    for (const box of chosen) box.checked = false;
    chosen = [];
    show();
    first.focus();
  });
  for (const words of document.querySelectorAll('[data-unscripted]')) words.hidden = true;
  panel.hidden = false;
})();
