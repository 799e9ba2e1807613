// Copies the code beside a button, exactly as it is typed. Where the browser does not let a page write to the
// clipboard, the code is selected, for the reader to copy.
(() => {
  const { document, navigator, getSelection, setTimeout } = globalThis;

  const show = (button, state) => {
    for (const words of button.querySelectorAll('[data-when]')) {
      words.hidden = words.dataset.when !== state;
    }
  };

  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-copy]');
    if (!button) return;
    const code = button.parentElement.querySelector('code');
    try {
      await navigator.clipboard.writeText(code.textContent.trim());
      show(button, 'copied');
    } catch {
      getSelection().selectAllChildren(code);
      show(button, 'selected');
    }
    setTimeout(() => show(button, 'waiting'), 2000);
  });
})();
