// Keeps the choice of colours for the next visit. The switch itself is CSS and works without this.
(() => {
  const key = 'convbook-theme';
  const fields = document.querySelectorAll('input[name="theme"]');
  try {
    const saved = localStorage.getItem(key);
    for (const field of fields) {
      if (field.value === saved) field.checked = true;
      field.addEventListener('change', () => localStorage.setItem(key, field.value));
    }
  } catch {
    // Storage is refused: the choice lasts as long as the page.
  }
})();
