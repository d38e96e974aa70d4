// Making elements. Text is set as text, never as HTML, so that nothing shown can become a script.

/**
 * An element with properties and children. Strings become text. Names with `-`, and `role`, are attributes; `on` holds
 * listeners; what is `null` or `undefined` is left out.
 */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (key.includes('-') || key === 'role') {
      element.setAttribute(key, value);
    } else {
      element[key] = value;
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Text as nodes: what stands between backticks is code. */
export function coded(text) {
  return text.split(/`([^`]*)`/).map((piece, at) => (at % 2 === 1 ? make('code', {}, piece) : piece));
}

/** Sets text, only where it changes: screen readers announce every change. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The element with an id, which the page has. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}
