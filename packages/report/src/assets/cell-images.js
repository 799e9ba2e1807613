// The images of a cell of the confusion matrix open and close without this. It marks the cell, Escape and a
// second click close, and arrow keys go to the next cell with images.
(() => {
  const { location, history } = globalThis;
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  const cells = () => [...document.querySelectorAll('a[href^="#images-"]')];
  const panelOf = ({ hash }) => document.getElementById(hash.slice(1));
  const opened = () => cells().find((cell) => cell.hash === location.hash);
  const mark = () => {
    const current = opened();
    for (const cell of cells()) {
      if (cell === current) cell.setAttribute('aria-current', 'true');
      else cell.removeAttribute('aria-current');
    }
    if (current) panelOf(current)?.classList.remove('closed');
  };
  // Another address without a way to it: the page stays where it is, and so does the target.
  const close = () => {
    const cell = opened();
    panelOf(cell).classList.add('closed');
    history.replaceState(null, '', `${location.search}#confusion`);
    mark();
    cell.focus({ preventScroll: true });
  };

  const placeOf = (cell) => {
    const { cellIndex, parentElement } = cell.closest('td');
    return [parentElement.rowIndex, cellIndex];
  };
  const neighbour = (from, [down, right]) => {
    const [row, column] = placeOf(from);
    const ahead = ([r, c]) =>
      down === 0 ? r === row && (c - column) * right > 0 : c === column && (r - row) * down > 0;
    const distance = ([r, c]) => Math.abs(r - row) + Math.abs(c - column);
    return cells()
      .filter((cell) => ahead(placeOf(cell)))
      .sort((a, b) => distance(placeOf(a)) - distance(placeOf(b)))[0];
  };

  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const current = opened();
    if (event.key === 'Escape' && current && !document.querySelector(':popover-open')) close();
    const step = steps[event.key];
    const own = event.target.closest('a[href^="#images-"]');
    const from = own ?? (event.target.closest('.cell-images') && current);
    const to = step && from && neighbour(from, step);
    if (!to) return;
    event.preventDefault();
    if (current) location.hash = to.hash;
    else to.focus();
  });
  document.addEventListener('click', (event) => {
    const current = opened();
    const link = event.target.closest('a');
    if (!link || !current) return;
    if (link !== current && !link.matches('.panel-images > a')) return;
    event.preventDefault();
    close();
  });
  globalThis.addEventListener('hashchange', mark);
  document.addEventListener('contentchange', mark);
  mark();
})();
