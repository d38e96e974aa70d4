// The explaining side: questions and answers are JSON, secrets are bytes.

import { CountersignError, bad, fail, list, milliseconds, object, placed } from './core.js';

const PLAIN = ['pick', 'provider', 'scheme', 'region', 'bucket', 'endpoint', 'host', 'method', 'lang', 'budget', 'redact'];

const seconds = (time, name) => (time === undefined ? undefined : Math.floor(milliseconds(time, name) / 1000));
const now = () => Math.floor(Date.now() / 1000);

const encoder = new TextEncoder();

/** Bytes of what was pasted: halves of surrogate pairs in it are the paster's own. */
const bytes = (value, name) => (typeof value === 'string' ? encoder.encode(value) : value instanceof Uint8Array ? value : bad(name, 'a string or a Uint8Array'));

/** A question as JSON, which leaves out or throws on what it has no words for. */
const json = (question) => {
  for (const [name, value] of Object.entries(question)) if (['bigint', 'function', 'symbol'].includes(typeof value)) bad(name, 'a string or a number');
  try {
    return JSON.stringify(question);
  } catch (error) {
    return fail('bad-argument', `the options are no JSON: ${error.message}`);
  }
};

const asked = (options, depth) => {
  const ask = { depth, at: seconds(options.at, 'at'), now: now() };
  for (const name of PLAIN) if (options[name] !== undefined) ask[name] = options[name];
  if (options.addressing !== undefined && options.addressing !== null) ask.addressing = placed(options.addressing) || 'virtual-host';
  if (options.stack !== undefined) ask.stack = [options.stack].flat();
  return json(ask);
};

const answered = (json) => {
  const answer = JSON.parse(json);
  if (answer.error !== undefined) throw new CountersignError(answer.error, answer.message);
  return answer;
};

/** The secrets in one piece, each behind its length. */
const joined = (secrets) => {
  const all = secrets.map((secret) => bytes(secret, 'secrets'));
  const whole = new Uint8Array(all.reduce((sum, secret) => sum + 4 + secret.length, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  all.forEach((secret, index) => {
    view.setUint32(at, secret.length, true);
    whole.set(secret, at + 4);
    at += 4 + secret.length;
    // The copy made here; the caller's bytes are the caller's.
    if (secret !== secrets[index]) secret.fill(0);
  });
  return whole;
};

const NONE = new Uint8Array();

const pairs = (fields) =>
  (fields?.[Symbol.iterator] ? list(fields, 'fields') : Object.entries(object(fields ?? {}, 'fields'))).map((pair) => {
    const [name, value] = list(pair, 'fields');
    return [String(name), String(value)];
  });

export const explainer = (glue, mustBeReady) => {
  const judged = (options, depth) => {
    mustBeReady();
    if (![0, 1, 2, 3].includes(depth)) bad('depth', 'a number from 0 to 3');
    const input = bytes(object(options, 'options').input, 'input');
    const error = options.error === undefined ? NONE : bytes(options.error, 'error');
    const secrets = joined(list(options.secrets ?? [], 'secrets'));
    const begun = performance.now();
    try {
      const answer = answered(glue.explain_request(asked(options, depth), input, error, secrets));
      answer.report.searched.elapsed_us = Math.round((performance.now() - begun) * 1000);
      answer.steps = answer.report.steps ?? [];
      return answer;
    } finally {
      secrets.fill(0);
    }
  };
  const checked = (question) => {
    mustBeReady();
    return answered(glue.check_form(json(question)));
  };
  return {
    explain: (options) => judged(options, options?.depth ?? 2),
    verify: (options) => judged(options, 0),
    decode: (options) => {
      mustBeReady();
      const said = answered(glue.decode_request(asked(object(options, 'options'), 0), bytes(options.input, 'input')));
      if (said.policy) {
        try {
          said.policy.json = JSON.parse(said.policy.text);
        } catch {
          // That it is no JSON is among its problems.
        }
      }
      return said;
    },
    checkForm: (options) => {
      const { fields, provider, bucket, file, at, lang } = object(options, 'options');
      return checked({ fields: pairs(fields), provider, bucket, file, lang, at: seconds(at, 'at') ?? now() });
    },
    lint: (options) => {
      const { policy, provider, fields, at, lang } = object(options, 'options');
      if (typeof policy !== 'string') fail('bad-argument', '`policy` must be a string');
      const { refusals, lints } = checked({ fields: pairs(fields), provider, policy, lang, at: seconds(at, 'at') ?? now() });
      return [...refusals, ...lints];
    },
    schemes: () => {
      mustBeReady();
      return answered(glue.all_schemes());
    },
    stacks: () => {
      mustBeReady();
      return answered(glue.all_stacks());
    },
  };
};
