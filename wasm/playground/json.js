// JSON as people read it. What was signed is a text: its numbers, escapes, order and names that stand there twice are shown as they
// are, which a parser would tidy away.

/** Characters of a line. */
const WIDE = 88;
/** Levels that are indented; deeper ones are as far in as the last. */
const DEEPEST = 20;

/** JSON on lines of its own, as few as it takes; what is no JSON stays as it is. */
export function pretty(text) {
  const tokens = tokensOf(text);
  return tokens === null ? text : lines(tokens);
}

/** What JSON says, or `null` where that is not all of what stands there: no JSON, a name twice, a number no double can hold. */
export function parsed(text) {
  const tokens = tokensOf(text);
  if (tokens === null) return null;
  const isLost = tokens.some((token) => /^[-\d]/.test(token) && String(Number(token)) !== token);
  const value = JSON.parse(text);
  return isLost || members(value) !== tokens.filter((token) => token === ':').length ? null : value;
}

/** Whether a text is the beginning of JSON, and not all of it. */
export function isCutOff(text) {
  const closing = [];
  /** The end of what is whole, once all that is open is closed. */
  let whole = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') {
      at = endOfString(text, at) - 1;
    } else if (sign === '{' || sign === '[') {
      closing.push(sign === '{' ? '}' : ']');
      whole = at + 1;
    } else if (sign === '}' || sign === ']') {
      if (closing.pop() !== sign || closing.length === 0) return false;
      whole = at + 1;
    } else if (sign === ',') {
      whole = at;
    }
  }
  const rest = text.slice(whole, whole + 200);
  return closing.length > 0 && /^,?\s*(?:["\d-]|[a-z]*$)/.test(rest) && tokensOf(text.slice(0, whole).trimStart() + closing.reverse().join('')) !== null;
}

/** Where the string that begins there ends, or the text does. */
function endOfString(text, begin) {
  let end = begin + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return Math.min(end + 1, text.length);
}

/** Strings, numbers, words, brackets and what is between them, without blanks; `null` for what is no JSON. */
function tokensOf(text) {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const tokens = [];
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    if (text[at] === '"') {
      end = endOfString(text, at);
    } else if (!ALONE.has(text[at])) {
      while (end < text.length && text[end] !== '"' && !ALONE.has(text[end])) end += 1;
    }
    if (!BLANKS.has(text[at])) tokens.push(text.slice(at, end));
    at = end;
  }
  return tokens;
}

const BLANKS = new Set(' \t\r\n');
/** Characters that are a token each, or none. */
const ALONE = new Set('[]{}:, \t\r\n');

/** How many named members there are in a value, at any depth. */
function members(value) {
  let count = 0;
  for (const left = [value]; left.length > 0; ) {
    const one = left.pop();
    if (one === null || typeof one !== 'object') continue;
    const own = Object.values(one);
    if (!Array.isArray(one)) count += own.length;
    for (const member of own) left.push(member);
  }
  return count;
}

const isOpening = (token) => token === '[' || token === '{';
const isClosing = (token) => token === ']' || token === '}';

/** How a token is written within a line; brackets have blanks around what is in an object. */
const flat = (token, at, tokens) => {
  if (token === ',' || token === ':') return `${token} `;
  if (token === '{' && tokens[at + 1] !== '}') return '{ ';
  return token === '}' && tokens[at - 1] !== '{' ? ' }' : token;
};

function lines(tokens) {
  const ends = spans(tokens);
  const written = [];
  let depth = 0;
  const line = () => written.push('\n', '  '.repeat(Math.min(depth, DEEPEST)));
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    const span = ends.get(at);
    if (span !== undefined && (span.end === at + 1 || (depth > 0 && 2 * Math.min(depth, DEEPEST) + span.length <= WIDE))) {
      for (; at < span.end; at += 1) written.push(flat(tokens[at], at, tokens));
      written.push(flat(tokens[at], at, tokens));
    } else if (isOpening(token)) {
      written.push(token);
      depth += 1;
      line();
    } else if (isClosing(token)) {
      depth -= 1;
      line();
      written.push(token);
    } else {
      written.push(token === ':' ? ': ' : token);
      if (token === ',') line();
    }
  }
  return written.join('');
}

/** Where each bracket that opens is closed, and how long all of it is in one line. */
function spans(tokens) {
  const ends = new Map();
  const open = [];
  let length = 0;
  tokens.forEach((token, at) => {
    if (isOpening(token)) open.push([at, length]);
    length += flat(token, at, tokens).length;
    if (isClosing(token)) {
      const [begin, before] = open.pop();
      ends.set(begin, { end: at, length: length - before });
    }
  });
  return ends;
}
