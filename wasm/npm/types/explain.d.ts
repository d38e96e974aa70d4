/**
 * Why is a request refused? `import { init, explain } from 'countersign/explain'`
 *
 * Everything runs where it is called; nothing is sent anywhere, nothing is logged. Results are plain data:
 * texts in them are those of the request, and must be shown as text, not as HTML.
 */
import type { Addressing, Time, WasmSource } from './shared.js';
export { init, initSync, CountersignError } from './shared.js';
export type { Time, WasmSource, ErrorCode } from './shared.js';

/** `en` unless it is named. Another one must be loaded by {@link loadLanguage} first. */
export type Lang = 'en' | 'zh';

/**
 * Loads the sentences of a language beside English, once: until then an answer in it is refused with `language-not-loaded`.
 * Without a source they are the file beside the module, which is also `countersign/languages/zh.json`; a source is its
 * address, an answer of `fetch`, or what the file holds, which is how edge workers give it.
 *
 * @throws CountersignError `load-failed`, also for a file of another version; `not-initialised`; `bad-argument` for another language
 */
export function loadLanguage(lang: Lang, source?: string | URL | Response | Sentences | Promise<Response | Sentences>): Promise<void>;

/** What a file of sentences holds. */
export interface Sentences {
  /** The version of the package it is for. */
  version: string;
  causes: string[][];
  phrases: string[][];
}

/** What a request is made with or goes through, or where its secret is kept. {@link stacks} lists them. */
export type Stack =
  | 'axios'
  | 'browser-fetch'
  | 'curl'
  | 'dotnet'
  | 'go'
  | 'java'
  | 'node'
  | 'okhttp'
  | 'php'
  | 'postman'
  | 'python-requests'
  | 'shell'
  | 'docker'
  | 'kubernetes'
  | 'apache-httpd'
  | 'caddy'
  | 'cloudflare'
  | 'cloudfront'
  | 'envoy'
  | 'haproxy'
  | 'nginx'
  | 'traefik';

/**
 * Loads the lines to change in clients and proxies, in all languages, once: from then on findings have `fixes`.
 * Without a source they are the file beside the module, which is also `countersign/stacks.json`; a source is its address,
 * an answer of `fetch`, or what the file holds, which is how edge workers give it.
 *
 * @throws CountersignError `load-failed`
 */
export function loadStacks(source?: string | URL | Response | StackLine[] | Promise<Response | StackLine[]>): Promise<void>;

/** One of the lines that a file of them holds, for these codes of findings. */
export interface StackLine {
  stack: string;
  codes: string[];
  line: { en: string; zh: string };
}

/** What is known beside the request. */
export interface Asked {
  /** A raw HTTP request, a `curl` line, the output of `curl -v`, a HAR file, a log, a URL, a token, form fields as JSON. */
  input: string | Uint8Array;
  /** Of several requests in the input, this one, from 0. Otherwise the first. */
  pick?: number;
  provider?: string;
  scheme?: string;
  region?: string;
  bucket?: string;
  endpoint?: string;
  /** Where the bucket stands, if neither host nor endpoint tells; `bucket` names it. */
  addressing?: Addressing;
  /** The host, where the input does not tell. */
  host?: string;
  /** The method of a lone URL; `GET` unless it is named. */
  method?: string;
  /** The clock to judge by. Unless it is named, the time of the server's answer, else that of the recorded request, else this machine's. */
  at?: Time;
  lang?: Lang;
}

export interface ExplainOptions extends Asked {
  /** The server's answer: XML or JSON, headers may stand before it. */
  error?: string | Uint8Array;
  /** Secrets to try, the most likely first. Copies of them are wiped after the call; what is given is the caller's to wipe. */
  secrets?: (string | Uint8Array)[];
  /** How many mistakes at once: 0 to 3, 2 unless it is named. */
  depth?: number;
  /** The most signatures to compute; bounds the time. */
  budget?: number;
  /** Hides what is private, in all of the result, so that it can be posted. */
  redact?: boolean;
  /**
   * What the request is made with or goes through: findings then have the line to change there. Otherwise what its
   * headers tell. Throws `stacks-not-loaded` before {@link loadStacks}.
   */
  stack?: Stack | Stack[];
}

/**
 * Explains, and proves it where a secret is given.
 *
 * @throws CountersignError `not-recognised`, `no-signature`, `terms-missing`, `bad-argument`, `language-not-loaded`, `not-initialised`
 */
export function explain(options: ExplainOptions): Explanation;

/** The same without a search: right or not. */
export function verify(options: ExplainOptions): Explanation;

export interface Explanation {
  /** As `countersign explain --format json` prints it, but for `secret`, which is beside it here; `steps` are there unless it is redacted. */
  report: Report;
  /** What the report says in a sentence, and what it rests on: for the top of a page. */
  headline: {
    verdict: Verdict;
    /** The title of the best finding; empty when the signature is right. */
    title: string;
    matter?: Matter;
    certainty?: Certainty;
    /** Where the signed texts differ: a part of the text, or a line where the parts are not known. */
    places: { role: string; name: string; line?: number }[];
    /** Whether they differ in their order alone. */
    isOrder: boolean;
    /** Whether nothing is proved of a signature that is not known to be right. */
    isOpen: boolean;
  };
  /** Each signed text: what was signed beside what the server sees. */
  tables: Table[];
  /** The steps of the report, also where it has none. */
  steps: Step[];
  /** What was in the input: its requests in order, and which one this is about. */
  requests: Captured[];
  picked: number;
  /** What was assumed or repaired in reading the input: codes. */
  notes: string[];
  /**
   * `used`: what was asked for, or else what the headers tell. `known`: what there is a line for with these findings,
   * which is nothing before {@link loadStacks}.
   */
  stacks: { used: Stack[]; known: Stack[] };
  /** The secret that gives the signature sent, by its place in `secrets`. */
  secret?: number;
  redacted: boolean;
}

export interface Captured {
  kind: 'request' | 'url' | 'header' | 'token' | 'form' | 'answer';
  method?: string;
  url?: string;
  provider?: string;
  scheme?: string;
  /** Whether the server's answer stands beside it. */
  hasAnswer: boolean;
}

export type Verdict = 'valid' | 'mismatch' | 'rejected' | 'undecided';
export type Certainty = 'proved' | 'server' | 'seen' | 'likely';
/** What a finding is about: `secret`, `text`, `time`, `transport`, `policy`, ... */
export type Matter = string;

/** `countersign.report/1` */
export interface Report {
  schema: 'countersign.report/1';
  verdict: Verdict;
  provider: string;
  scheme: string;
  access_key_id: string;
  signed_at: string | null;
  expires_at: string | null;
  provided_signature: string;
  expected_signature: string | null;
  documents: Document[];
  findings: Finding[];
  searched: { variants: number; causes: number; depth: number; elapsed_us: number };
  /** The way from the request and the secret to the right signature; not there where what is private is hidden. */
  steps?: Step[];
}

/** A signed text. `hex` has its bytes when they are no UTF-8; offsets count bytes. */
export interface Document {
  name: 'canonical-request' | 'string-to-sign';
  text: string;
  hex?: string;
  parts: { role: string; start: number; end: number; origin: string }[];
}

export interface Finding {
  code: string;
  matter: Matter;
  certainty: Certainty;
  /** Findings of one group make one explanation together; group 0 is the best. */
  group: number;
  title: string;
  help: string;
  signed: string | null;
  sent: string | null;
  also: string[];
  /** The line to change in each of the stacks, where there is one. Code in it stands in backticks. */
  fixes?: { stack: Stack; line: string }[];
}

/** Two texts side by side. Without an explanation `signed` of the rows is `null`. */
export interface Table {
  document: 'canonical-request' | 'string-to-sign';
  /** Whether it shows what was signed, too. */
  isPair: boolean;
  rows: Row[];
  /** Where the texts part: an offset in bytes into both, and what stands there by name. `null` is the end of the text. */
  parting?: { offset: number; signed: string | null; right: string | null };
  /** Signs in the rows that need an explanation: `·` blank, `⏎` line end, `U+200B ZERO WIDTH SPACE`. */
  legend: { sign: string; name: string }[];
}

export interface Row {
  /** Line of the right text, from 1, where a new one begins. */
  line: number | null;
  /** What part it is: `method`, `header`, ...; empty where the parts are not known. */
  role: string;
  same: boolean;
  /** Pieces that are equal on both sides or differ. Blanks and what cannot be seen are visible in `text`. `null`: not there. */
  signed: Segment[] | null;
  right: Segment[] | null;
}

export interface Segment {
  text: string;
  differs: boolean;
}

/** One command on the way to the signature. */
export interface Step {
  /** What it gives, in words. */
  what: string;
  /** A command for sh and openssl; the secret is `$COUNTERSIGN_SECRET_KEY`. */
  command: string;
  /** What it prints; `null` for keys, which are secret. */
  value: string | null;
}

/** What a signature says of itself. Needs no secret, proves nothing. */
export function decode(options: Asked): Decoded;

export interface Decoded {
  kind: Captured['kind'];
  provider: string;
  scheme: string;
  accessKeyId: string;
  signature: string;
  signedAt?: string;
  expiresAt?: string;
  /** Of a V4 scope: date, region, service, terminator. */
  scope?: string[];
  signedHeaders?: string;
  signedParams?: string;
  keyTime?: string;
  payload?: string;
  hasToken: boolean;
  bucket?: string;
  /** The policy of a token or form: its text, and what is wrong with it. */
  policy?: { text: string; json?: unknown; problems: Problem[] };
}

export interface Problem {
  code: string;
  title: string;
  help: string;
  /** Offset in the policy's text. */
  at?: number;
}

/**
 * Judges a form as the vendor's server would, but for its signature: policy, fields, file.
 * `fields` are those of an {@link UploadForm}, or of a captured form.
 */
export function checkForm(options: {
  fields: [string, string][] | Record<string, string>;
  provider?: string;
  bucket?: string;
  file?: { name?: string; size?: number; type?: string };
  at?: Time;
  lang?: Lang;
}): FormVerdict;

export interface FormVerdict {
  verdict: 'accepted' | 'refused' | 'undecided';
  /** In the server's order. */
  refusals: (Problem & {
    field?: string;
    condition?: string;
    sent?: string;
    /** What the server would answer. */
    answer?: { status?: number; code?: string; message?: string };
  })[];
  lints: Problem[];
}

/** Looks through a policy for what will hurt later. `policy` is JSON text, or Base64 of it. */
export function lint(options: { policy: string; provider: string; fields?: [string, string][] | Record<string, string>; at?: Time; lang?: Lang }): Problem[];

/**
 * Loads what is known of error codes: a file of data for each vendor, fetched when first asked for.
 * Without a source the files beside the module.
 */
export function errorInfo(text: string, options?: { provider?: string; lang?: Lang; source?: string | URL }): Promise<ErrorInfo>;

export interface ErrorInfo {
  known: boolean;
  /** How it was found. */
  by: 'code' | 'ec' | 'status' | 'cause' | 'message' | 'contained' | 'nearest';
  entries: {
    provider: string;
    code?: string;
    ec?: string;
    status?: number;
    meaning: string;
    causes: string[];
    checks: string[];
    /** Codes of findings. */
    related: string[];
  }[];
}

/** All stacks that lines are for, clients first. */
export function stacks(): Stack[];

/** All schemes: `{ provider, id }`. */
export function schemes(): { provider: string; id: string }[];
