// Adds to a page that is whole without it: where one is in the contents, anchors to copy, sliders that
// play, the filters through training, and curves smoothed more or less.
(() => {
  const { Event, IntersectionObserver, navigator, location } = globalThis;
  const { clearInterval, setInterval, setTimeout } = globalThis;

  const links = new Map(
    [...document.querySelectorAll('.contents a')].map((link) => [link.hash.slice(1), link]),
  );
  for (const list of document.querySelectorAll('.contents [popover]')) {
    list.addEventListener('click', ({ target }) => {
      if (target.closest('a')) list.hidePopover?.();
    });
  }
  const cells = [...document.querySelectorAll('section.cell')];
  const visible = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) visible.add(target);
        else visible.delete(target);
      }
      const current = cells.find((cell) => visible.has(cell));
      for (const [id, link] of links) {
        if (current && id === current.id) link.setAttribute('aria-current', 'true');
        else if (current) link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '-15% 0px -60% 0px' },
  );
  for (const cell of cells) observer.observe(cell);

  for (const anchor of document.querySelectorAll('a.anchor')) {
    anchor.addEventListener('click', () => {
      const address = location.href.replace(/#.*$/, '') + anchor.hash;
      navigator.clipboard?.writeText(address).then(
        () => {
          anchor.textContent = document.documentElement.lang === 'ko' ? '복사됨' : 'copied';
          setTimeout(() => (anchor.textContent = '#'), 1500);
        },
        () => {}, // Not allowed here: the address bar has it.
      );
    });
  }

  // A button moves the slider beside it to its end, from its start where it stands there; a hand on the slider ends that.
  for (const button of document.querySelectorAll('[data-play]')) {
    const slider = button.parentElement.querySelector('input');
    const [paused, playing] = button.querySelectorAll('[data-when]');
    let timer = 0;
    let isMoving = false;
    const move = (change) => {
      isMoving = true;
      change();
      slider.dispatchEvent(new Event('input'));
      isMoving = false;
    };
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      paused.hidden = false;
      playing.hidden = true;
    };
    const start = () => {
      paused.hidden = true;
      playing.hidden = false;
      if (slider.value === slider.max) move(() => (slider.value = slider.min));
      timer = setInterval(() => {
        move(() => slider.stepUp());
        if (slider.value === slider.max) stop();
      }, Number(button.dataset.play));
    };
    button.addEventListener('click', () => (timer === 0 ? start() : stop()));
    slider.addEventListener('input', () => isMoving || stop());
  }

  for (const figure of document.querySelectorAll('[data-frames]')) {
    const frames = figure.querySelectorAll('[data-frame]');
    const slider = figure.querySelector('input');
    const show = () => {
      frames.forEach((frame, k) => (frame.hidden = k !== slider.valueAsNumber));
      const step = frames[slider.valueAsNumber].dataset.step;
      figure.querySelector('output').textContent = step;
      slider.setAttribute('aria-valuetext', step);
    };
    slider.addEventListener('input', show);
    document.addEventListener('languagechange', show);
    figure.hidden = false;
    show();
  }

  for (const control of document.querySelectorAll('[data-smoothing]')) {
    const windows = control.dataset.smoothing.split(' ');
    const [slider, output] = control.querySelectorAll('input, output');
    const cell = control.closest('section');
    const show = () => {
      const chosen = windows[slider.valueAsNumber];
      for (const curve of cell.querySelectorAll('[data-window]')) {
        if (curve.dataset.window === chosen) curve.removeAttribute('display');
        else curve.setAttribute('display', 'none');
      }
      for (const count of cell.querySelectorAll('[data-smoothed]')) count.textContent = chosen;
      const { single, mean } = output.dataset;
      output.textContent = chosen === '1' ? single : mean.replace('#', chosen);
      slider.setAttribute('aria-valuetext', output.textContent);
    };
    slider.addEventListener('input', show);
    document.addEventListener('languagechange', show);
    control.hidden = false;
    show();
  }
})();
