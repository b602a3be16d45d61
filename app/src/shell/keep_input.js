(() => {
  const kept = new Map();
  const keep = ({ type, target }) => {
    const control = target.closest(
      type == 'click' ? 'button[type=button]' : 'select,[type=checkbox],[type=radio],[type=file]',
    );
    if (control) {
      kept.delete(control);
      kept.set(control, { checked: control.checked, value: control.value });
    }
  };
  addEventListener('click', keep, true);
  addEventListener('change', keep, true);
  new MutationObserver((_, observer) => {
    observer.disconnect();
    removeEventListener('click', keep, true);
    removeEventListener('change', keep, true);
    kept.forEach((state, control) => {
      if (control.type == 'button') {
        control.click();
      } else {
        if (control.type != 'file') Object.assign(control, state);
        control.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
  }).observe(document.documentElement, { attributeFilter: ['data-hydrated'] });
})();
