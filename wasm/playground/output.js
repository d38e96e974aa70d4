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
  const tidied = /\/\.\.?(\/|$)/.test(new URL(url).pathname) ? ['--path-as-is'] : [];
  const globs = /[[\]{}]/.test(url) ? ['--globoff'] : [];
  const how = { GET: [], HEAD: ['--head'], PUT: ['--upload-file FILE'] }[method] ?? [`--request ${method}`];
  const sent = Object.entries(headers).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`);
  return ['curl', ...tidied, ...globs, ...how, ...sent, quoted(url)].join(sent.length > 0 ? ' \\\n  ' : ' ');
}

/** Text for an attribute in quotes. What is not ASCII is written by number: a fragment has no charset of its own. */
function attribute(text) {
  return text.replace(/[&<>"']|[^ -~]/gu, (character) => `&#${character.codePointAt(0)};`);
}

/** An upload form as HTML, which a browser sends as it stands. */
export function htmlForm({ url, fields, fileField }, button) {
  const hidden = fields.map(([name, value]) => `  <input type="hidden" name="${attribute(name)}" value="${attribute(value)}">\n`);
  // The button has no name, which would be sent behind the file.
  return `<form action="${attribute(url)}" method="post" enctype="multipart/form-data" accept-charset="utf-8">\n${hidden.join('')}  <input type="file" name="${attribute(fileField)}" required>\n  <button type="submit">${attribute(button)}</button>\n</form>\n`;
}
