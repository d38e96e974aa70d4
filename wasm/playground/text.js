// Texts of a request on the page. They may be anything: what turns a line around or cannot be seen is written out, and what is
// too long is cut in its middle.

import { make } from '../pages/shared/dom.js';

/** Characters of one value that are shown. */
const MOST = 1500;
/** Of one that a sentence quotes. */
const MOST_QUOTED = 400;

/** Controls, blanks of other widths, characters without any, and those that turn the direction of writing; tabs and line ends are layout. */
const UNSEEN = /(?![\t\n ])[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/** The same text with what cannot be seen by number. */
export function plain(text) {
  return text.replace(UNSEEN, (character) => `<U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

/** Begin and end of a text that is too long, and how many characters are between. */
export function cut(text, most = MOST) {
  if (text.length <= most) return [text, 0, ''];
  const [begin, end] = [Math.floor(most * 0.6), Math.floor(most * 0.3)];
  return [text.slice(0, begin), text.length - begin - end, text.slice(text.length - end)];
}

/** A text as nodes, cut where it is too long. */
export function shown(text, words, most) {
  const [begin, left, end] = cut(plain(text), most);
  return left === 0 ? [begin] : [begin, leftOut(left, words), end];
}

/** The same as one text, which is shown whole: what is left out of it is not there any more. */
export function clipped(text, most) {
  const [begin, left, end] = cut(plain(text), most);
  return left === 0 ? begin : `${begin} ⋯ ${left} ⋯ ${end}`;
}

/** A sentence likewise, as `sentence` cuts it. */
export function clippedSentence(text) {
  return pieces(text).map((piece, at) => (at % 2 === 1 ? `\`${clipped(piece, MOST_QUOTED)}\`` : clipped(piece))).join('');
}

/** What a sentence says and quotes, in turns. */
const pieces = (text) => text.split(/`([^`]*)`/);

/** A sentence of the package as nodes: what it quotes between backticks is code, and its first letter is a capital. */
export function sentence(text, words) {
  const capital = /^[a-z]/.test(text) ? text[0].toUpperCase() + text.slice(1) : text;
  return pieces(capital).map((piece, at) => (at % 2 === 1 ? make('code', {}, ...shown(piece, words, MOST_QUOTED)) : make('span', {}, ...shown(piece, words))));
}

/** Pieces of a text of which some differ from another text. */
export function segments(all, words) {
  return all.map((segment) => make(segment.differs ? 'mark' : 'span', {}, ...shown(segment.text, words, mostOf(segment, all))));
}

/** Pieces likewise, as `segments` cuts them. */
export function clippedSegments(all) {
  return all.map((segment) => ({ ...segment, text: clipped(segment.text, mostOf(segment, all)) }));
}

/** Equal pieces are cut first. */
const mostOf = ({ differs }, all) => (differs ? MOST : Math.max(160, Math.floor(MOST / Math.max(1, all.length))));

function leftOut(number, words) {
  return make('span', { className: 'left-out' }, ` ⋯ ${words.leftOut(number)} ⋯ `);
}

/** The words for a name that may be anything; without any, the name. */
export function named(words, name) {
  return Object.hasOwn(words, name) ? words[name] : name;
}

/** Copies a text; whether that was allowed. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A button that copies, and says so. */
export function copyButton(text, name, words) {
  const button = make('button', { type: 'button', className: 'small quiet copy', 'aria-label': words.copyOf(name) }, words.copy);
  button.addEventListener('click', async () => {
    button.textContent = (await copy(text)) ? words.copied : words.copyFailed;
    setTimeout(() => {
      button.textContent = words.copy;
    }, 2000);
  });
  return button;
}
