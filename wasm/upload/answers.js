// Reading what the storage answers. Only single elements are looked for: a parser of documents would make elements of text.

import { Trouble } from './trouble.js';

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text) {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED[name.toLowerCase()];
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The text of the first element with this name. */
export function element(xml, name) {
  const found = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml);
  return found ? unescaped(found[1]) : null;
}

function json(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** The id of an upload that was begun. */
export function uploadIdIn(answer, form) {
  const id = form === 'json' ? json(answer.text).uploadId : element(answer.text, 'UploadId');
  if (typeof id !== 'string' || id === '') throw new Trouble('storage_unclear', { answer });
  return id;
}

/** The tag of a part that was stored; `null` where the storage does not let pages see it. */
export function tagIn(answer, form) {
  const tag = form === 'json' ? json(answer.text).etag : answer.header('ETag');
  return typeof tag === 'string' && tag !== '' ? tag : null;
}

/** The parts that are stored: tag and size by number. */
export function partsIn(answer, form) {
  const rows =
    form === 'json'
      ? (json(answer.text).parts ?? []).map((part) => [part.partNumber, part.etag, part.size])
      : [...answer.text.matchAll(/<Part>([\s\S]*?)<\/Part>/g)].map(([, part]) => [
          element(part, 'PartNumber'),
          element(part, 'ETag'),
          element(part, 'Size'),
        ]);
  return new Map(rows.map(([number, tag, size]) => [Number(number), { tag: String(tag), size: Number(size) }]));
}

/** What completes an upload. */
export function completion(tags, form, name, type) {
  const parts = [...tags].sort(([a], [b]) => a - b);
  if (form === 'json') {
    const body = { parts: parts.map(([partNumber, etag]) => ({ etag, partNumber })), fname: name, mimeType: type };
    return JSON.stringify(body);
  }
  const escaped = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const rows = parts.map(([number, tag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`);
  return `<CompleteMultipartUpload>${rows.join('')}</CompleteMultipartUpload>`;
}

/** What a refusal says: the vendor's code, its sentence, and its number of the request. */
export function refusalIn(text) {
  if (/^\s*\{/.test(text)) {
    const said = json(text);
    const own = (value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);
    return { code: own(said.code) ?? own(said.error_code), message: own(said.error) ?? own(said.message), request: own(said.reqid) };
  }
  return {
    code: element(text, 'Code'),
    message: element(text, 'Message'),
    request: element(text, 'RequestId') ?? element(text, 'RequestID'),
  };
}
