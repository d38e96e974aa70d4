// Forms and URLs as something to run: a curl line, an HTML form.

/** A word for a POSIX shell. */
export function quoted(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** An upload form as a curl line. */
export function curlForm({ url, fields, fileField }) {
  // `--form` would read the value: `@`, `<` and `;type=` mean something there.
  const options = fields.map(([name, value]) => `--form-string ${quoted(`${name}=${value}`)}`);
  return ['curl', quoted(url), ...options, `--form ${quoted(`${fileField}=@FILE`)}`].join(' \\\n  ').replace('curl \\\n  ', 'curl ');
}

/** A signed URL as a curl line. */
export function curlUrl({ method, url, headers }) {
  // The path as it stands: a parser of URLs has resolved its dots already.
  const tidied = /\/(\.|%2e){1,2}(\/|$)/i.test(url.split(/[?#]/)[0]) ? ['--path-as-is'] : [];
  const globs = /[[\]{}]/.test(url) ? ['--globoff'] : [];
  const how = { GET: [], HEAD: ['--head'], PUT: ['--upload-file FILE'] }[method] ?? [`--request ${method}`];
  const sent = Object.entries(headers).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`);
  return ['curl', ...tidied, ...globs, ...how, ...sent, quoted(url)].join(sent.length > 0 ? ' \\\n  ' : ' ');
}

/** Text for an attribute in quotes. What is not ASCII is written by number: a fragment has no charset of its own. */
function attribute(text) {
  return text.replace(/[&<>"']|[^ -~]/gu, (character) => `&#${character.codePointAt(0)};`);
}

/** What a browser sends in another way than it is written: line ends become CRLF, and numbers of C1 controls other characters. */
const CHANGED = /[\0\r\n\u0080-\u009f]|\p{Cs}/u;

/** An upload form as HTML, which a browser sends as it stands; `null` where it would not. */
export function htmlForm({ url, fields, fileField }, button) {
  if (fields.flat().some((text) => CHANGED.test(text))) return null;
  const hidden = fields.map(([name, value]) => `  <input type="hidden" name="${attribute(name)}" value="${attribute(value)}">\n`);
  // The button has no name, which would be sent behind the file.
  return `<form action="${attribute(url)}" method="post" enctype="multipart/form-data" accept-charset="utf-8">\n${hidden.join('')}  <input type="file" name="${attribute(fileField)}" required>\n  <button type="submit">${attribute(button)}</button>\n</form>\n`;
}
