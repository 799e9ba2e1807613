// Sorts the list of runs by a column; without this it stands newest first.
(() => {
  const [head] = document.querySelectorAll('table.runs thead tr');
  if (!head) return;
  const body = head.closest('table').tBodies[0];

  const keyOf = (row, column) => {
    const key = row.cells[column].dataset.sort ?? '';
    return key !== '' && Number.isFinite(Number(key)) ? Number(key) : key;
  };
  const compare = (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
  };

  for (const cell of head.querySelectorAll('[data-sortable]')) {
    const button = document.createElement('button');
    button.type = 'button';
    while (cell.firstChild) button.append(cell.firstChild);
    cell.append(button);
    button.addEventListener('click', () => {
      const isNumeric = cell.classList.contains('number');
      const order = cell.getAttribute('aria-sort');
      const isDescending = order === null ? isNumeric : order === 'ascending';
      for (const other of head.cells) other.removeAttribute('aria-sort');
      cell.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
      const sorted = [...body.rows].sort(
        (a, b) =>
          (isDescending ? -1 : 1) * compare(keyOf(a, cell.cellIndex), keyOf(b, cell.cellIndex)),
      );
      for (const row of sorted) body.append(row);
    });
  }
})();
