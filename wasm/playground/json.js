// JSON as people read it.

/** Characters of a line. */
const WIDE = 88;

/** JSON on lines of its own, as few as it takes; what is no JSON stays as it is. */
export function pretty(text) {
  try {
    return lines(JSON.parse(text), '');
  } catch {
    return text;
  }
}

function lines(value, indent) {
  const flat = inOne(value);
  const isShort = indent !== '' && indent.length + flat.length <= WIDE;
  return isShort ? flat : around(value, (member) => lines(member, `${indent}  `), [`\n${indent}  `, `,\n${indent}  `, `\n${indent}`]);
}

function inOne(value) {
  return around(value, inOne, Array.isArray(value) ? ['', ', ', ''] : [' ', ', ', ' ']);
}

/** A value with what stands before, between and behind its members. */
function around(value, written, [before, between, behind]) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Array.isArray(value) ? value.map(written) : Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${written(member)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return members.length === 0 ? open + close : open + before + members.join(between) + behind + close;
}
