// The explaining side: questions and answers are JSON, secrets are bytes.

import { CountersignError, bytes, fail, milliseconds } from './core.js';

const PLAIN = ['pick', 'provider', 'scheme', 'region', 'bucket', 'endpoint', 'addressing', 'host', 'method', 'lang', 'budget', 'redact'];

const seconds = (time, name) => (time === undefined ? undefined : Math.floor(milliseconds(time, name) / 1000));
const now = () => Math.floor(Date.now() / 1000);

const asked = (options, depth) => {
  const ask = { depth, at: seconds(options.at, 'at'), now: now() };
  for (const name of PLAIN) if (options[name] !== undefined) ask[name] = options[name];
  if (options.stack !== undefined) ask.stack = [options.stack].flat();
  return JSON.stringify(ask);
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

const pairs = (fields) => (Array.isArray(fields) ? fields : Object.entries(fields ?? {})).map(([name, value]) => [String(name), String(value)]);

export const explainer = (glue, mustBeReady) => {
  const judged = (options, depth) => {
    mustBeReady();
    const input = bytes(options?.input, 'input');
    const error = options.error === undefined ? NONE : bytes(options.error, 'error');
    const secrets = joined(options.secrets ?? []);
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
    return answered(glue.check_form(JSON.stringify(question)));
  };
  return {
    explain: (options) => judged(options, options.depth ?? 2),
    verify: (options) => judged(options, 0),
    decode: (options) => {
      mustBeReady();
      const said = answered(glue.decode_request(asked(options, 0), bytes(options?.input, 'input')));
      if (said.policy) {
        try {
          said.policy.json = JSON.parse(said.policy.text);
        } catch {
          // That it is no JSON is among its problems.
        }
      }
      return said;
    },
    checkForm: ({ fields, provider, bucket, file, at, lang }) =>
      checked({ fields: pairs(fields), provider, bucket, file, lang, at: seconds(at, 'at') ?? now() }),
    lint: ({ policy, provider, fields, at, lang }) => {
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
