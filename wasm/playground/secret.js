// The field of a secret. What is typed stays in the field: it is read when it is needed, and goes nowhere else.

/** Wires the field in an element with `data-secret`; `changed` is told that it is another. */
export function secretField(element, wordsNow, changed) {
  const input = element.querySelector('input');
  const reveal = element.querySelector('.reveal');
  const forget = element.querySelector('.forget');
  const show = (isShown) => {
    input.type = isShown ? 'text' : 'password';
    reveal.setAttribute('aria-pressed', String(isShown));
    relabel();
  };
  const relabel = () => {
    const words = wordsNow();
    reveal.textContent = reveal.getAttribute('aria-pressed') === 'true' ? words.hide : words.reveal;
  };
  const clear = () => {
    input.value = '';
    show(false);
  };
  reveal.addEventListener('click', () => show(input.type === 'password'));
  forget.addEventListener('click', () => {
    clear();
    changed();
    input.focus();
  });
  input.addEventListener('input', changed);
  // A page that is left may be kept as it is, to be shown again.
  addEventListener('pagehide', clear);
  return { value: () => input.value, set: (text) => (input.value = text), clear, relabel };
}
