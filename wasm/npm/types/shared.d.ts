/** What every entry of the package has in common. */

/** A point in time: a `Date`, milliseconds as of `Date.now()`, or RFC 3339 text. */
export type Time = Date | number | string;

declare global {
  // Part of `esnext.disposable`, which not every project has among its libraries.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
  interface Disposable {
    [Symbol.dispose](): void;
  }
}

/** A compiled module, `WebAssembly.Module`: not every project has it among its libraries, and it has no members. */
export type WasmModule = object;

/** Bytes of WebAssembly. */
export type WasmBytes = ArrayBuffer | ArrayBufferView;

/** Where the WebAssembly comes from: an address, an answer of `fetch`, bytes, or a compiled module. */
export type WasmSource = string | URL | Request | Response | WasmBytes | WasmModule;

/**
 * Loads the WebAssembly of this entry. Without `source` it is the `.wasm` file beside the module.
 *
 * Call and await it once before anything that signs: until then those functions throw a
 * {@link CountersignError} with code `not-initialised`. Later calls give the first one's promise and
 * ignore their argument, so that every part of a program may call it; after a failure the next call
 * tries again. The MIME type of the file does not matter.
 *
 * @throws CountersignError `load-failed`
 */
export function init(source?: WasmSource | Promise<WasmSource>): Promise<void>;

/**
 * The same at once, from bytes or a compiled module: for edge workers, and for Node where `await` is
 * not at hand. Browsers refuse to compile large modules so on the main thread.
 */
export function initSync(source: WasmBytes | WasmModule): void;

/** Everything that can go wrong. The code is stable; the message is one English sentence for a log. */
export class CountersignError extends Error {
  readonly name: 'CountersignError';
  readonly code: ErrorCode;
}

/**
 * - `not-initialised`: `init()` was not awaited.
 * - `load-failed`: the WebAssembly could not be fetched or compiled; `cause` says why.
 * - `bad-argument`: an argument is missing, of the wrong kind, or holds half of a surrogate pair; the message names it.
 * - `key-freed`: the {@link Key} was freed before.
 * - `key-foreign`: the {@link Key} was made by another entry of this package.
 * - `credentials-expire-first`: temporary credentials end before the URL, form or token would.
 * - `terms-missing`: the scheme needs something that was not given, such as a region; the message names it.
 * - `life-out-of-range`: the vendor takes no such life.
 * - `already-signed`: what is to be signed carries a signature.
 * - `param-taken`: the URL has a parameter that signing adds; the message names it.
 * - `policy-refused`: the vendor would refuse such a policy; the message says why.
 * - `url-unusable`: no HTTP or HTTPS URL.
 * - `not-recognised` (`countersign/explain` alone): nothing known is in the text.
 * - `no-signature` (`countersign/explain` alone): there is nothing in it that is signed.
 * - `language-not-loaded` (`countersign/explain` alone): `loadLanguage` was not awaited for the language asked for.
 * - `stacks-not-loaded` (`countersign/explain` alone): `loadStacks` was not awaited, and `stack` was given.
 * - `internal`: a fault of this package.
 */
export type ErrorCode =
  | 'not-initialised' | 'load-failed' | 'bad-argument' | 'key-freed' | 'key-foreign' | 'credentials-expire-first'
  | 'terms-missing' | 'life-out-of-range' | 'already-signed' | 'param-taken' | 'policy-refused' | 'url-unusable'
  | 'not-recognised' | 'no-signature' | 'language-not-loaded' | 'stacks-not-loaded' | 'internal';

/** An access key. Long-lived ones belong on a server: whoever holds a page holds what the page holds. */
export interface Credentials {
  accessKeyId: string;
  /** Bytes can be overwritten by the caller afterwards; a string cannot. */
  secretAccessKey: string | Uint8Array;
  /** The session token of temporary credentials (STS). It is put into what is signed; Kodo and forms of KS3 have no place for it. */
  sessionToken?: string;
  /** When temporary credentials end. Nothing is signed that would live longer, as far as a ready policy says when it ends. */
  expiration?: Time;
}

/**
 * An access key whose secret was handed over once and is kept in WebAssembly memory alone. It shows
 * nothing of the secret, and is wiped when it is freed, or some time after it was dropped.
 *
 * ```js
 * using key = new Key({ accessKeyId, secretAccessKey });   // or key.free() in `finally`
 * ```
 */
export class Key {
  constructor(credentials: Credentials);
  readonly accessKeyId: string;
  /** When temporary credentials end. */
  readonly expiration: Date | undefined;
  /** Whether there is a session token. */
  readonly isTemporary: boolean;
  /** Wipes the secret. Using the key afterwards throws `key-freed`; freeing it twice does nothing. */
  free(): void;
  [Symbol.dispose](): void;
}

/** Either of them. Credentials are kept for one call. */
export type Who = Key | Credentials;

/** Names and values: an object, or pairs as those of `Headers`, `URLSearchParams` and `Map`. */
export type Pairs = Record<string, string | number> | Iterable<readonly [name: string, value: string]> | Headers | URLSearchParams;

/** Where the bucket stands: in the host, in the path, or nowhere. `virtual` and `custom` are the command's words for it. */
export type Addressing = 'virtual-host' | 'path' | 'custom-domain' | 'virtual' | 'custom';

/** The object a request is for: its whole URL, or its parts. */
export interface ObjectTarget {
  /**
   * The URL as it will be requested, escaped. In place of all that follows. One with `.` or `..` between slashes is refused:
   * `fetch` would ask for another.
   */
  url?: string | URL;
  bucket?: string;
  /** The object's key as it is called, not escaped. Left out, the bucket is meant; `undefined`, `null` and `''` are refused. */
  key?: string;
  region?: string;
  /**
   * The host or origin of the service, or of the bucket's own domain if `addressing` says so. Without it
   * the vendor's public endpoint of the region. `http://` may be named for local servers.
   */
  endpoint?: string;
  /** `virtual-host` unless it is named. */
  addressing?: Addressing;
  /** The service in a V4 scope, where it is another than `s3` or `oss`. */
  service?: string;
}

/** What a signed URL is to say. */
export interface PresignOptions extends ObjectTarget {
  /** `GET` unless it is named. */
  method?: 'GET' | 'PUT' | 'HEAD' | 'POST' | 'DELETE';
  /** Life in seconds. */
  expiresIn: number;
  /** Headers that are signed, and must be sent exactly so. */
  headers?: Pairs;
  /** Which of them are signed, where the vendor leaves that open. */
  signedHeaders?: Iterable<string>;
  /** Further parameters; an empty value is written as the name alone. */
  query?: Pairs;
  /** The clock, if not this machine's. */
  at?: Time;
}

/** A request to be completed. */
export interface SignOptions extends ObjectTarget {
  /** Signed in capitals, as `fetch` sends it. */
  method: string;
  headers?: Pairs;
  /** Which of them are signed, where the vendor leaves that open. */
  signedHeaders?: Iterable<string>;
  query?: Pairs;
  /**
   * The body, where it is to be signed. A body that is not given is not signed where the vendor allows that.
   */
  body?: string | Uint8Array;
  /** Life of the signature in seconds, for COS, whose signatures have one: 900 unless it is named. */
  expiresIn?: number;
  at?: Time;
}

/** A signed request or URL: plain data, ready for `fetch` by {@link toFetch}. */
export interface SignedRequest {
  scheme: string;
  method: string;
  url: string;
  /** All headers to send that are not the browser's own business. */
  headers: Record<string, string>;
  /** RFC 3339; absent where the signature has no end of its own. */
  expiresAt?: string;
}

/** What an upload form is to allow. Nothing beyond it is allowed. */
export interface FormOptions {
  bucket: string;
  region?: string;
  endpoint?: string;
  addressing?: Addressing;
  /** This key alone, not escaped. */
  key?: string;
  /** Any key that starts so; the page chooses the rest. The form's own key is the prefix with `${filename}`. */
  keyPrefix?: string;
  /** Life in seconds. */
  expiresIn: number;
  /**
   * Bytes of the file. KS3 counts the whole request: its policy allows 16 KiB more than `maxSize`, for the fields of the form, and
   * {@link checkFile} holds the file to `maxSize`.
   */
  minSize?: number;
  maxSize?: number;
  /** The type the upload must name: `image/png`, or with a `*` at the end any that starts so: `image/*`. */
  contentType?: string;
  /** Further fields. They are sent so, and the policy demands them so. */
  fields?: Pairs;
  /** Further conditions, as the vendor writes them: `{"acl": "private"}`, `["starts-with", "$x-amz-meta-a", ""]`. */
  conditions?: (Record<string, string> | [string, ...unknown[]])[];
  /**
   * A ready policy as JSON text, signed byte for byte. No condition is made then, and nothing is checked but that the
   * credentials last until its `expiration`; `fields` are sent as they are. The form's `expiresAt` is that end, for COS the end of
   * the signature if it comes first, and `expiresIn` from now where the policy does not say.
   */
  policy?: string;
  /** The status a success is answered with: 200, 201 or 204. */
  successStatus?: 200 | 201 | 204;
  at?: Time;
}

/** A complete upload form: plain JSON, the same from every provider, fit to be sent to a page. */
export interface UploadForm {
  provider: 'oss' | 'kodo' | 'ks3' | 'cos' | 's3';
  scheme: string;
  method: 'POST';
  /** Where it goes. */
  url: string;
  /** All fields in the order to send them; the file comes last. */
  fields: [name: string, value: string][];
  /** The name of the file's field: `file`. */
  fileField: string;
  /** RFC 3339. */
  expiresAt: string;
  /** What can be checked before sending, by {@link checkFile}. */
  limits?: UploadLimits;
}

export interface UploadLimits {
  key?: string;
  keyPrefix?: string;
  minSize?: number;
  maxSize?: number;
  /** One type, or several separated by `;`; each may end in `*`. With `!` before them they are refused. */
  contentType?: string;
}

/** What `toFormData` may fill in. */
export interface FormChoices {
  /** The object's key, under the form's prefix. */
  key?: string;
  /** The name the file is sent by; otherwise its own. */
  fileName?: string;
  /** Type of the upload, where the policy leaves it open; otherwise the file's own. */
  contentType?: string;
}

/** The form with a file in it, fields first. Needs no `init()`. */
export function toFormData(form: UploadForm, file: Blob, choices?: FormChoices): FormData;

/**
 * The arguments of `fetch`: `fetch(...toFetch(form, file))`. Needs no `init()`.
 *
 * Of a signed request without `Content-Type` the body is sent without a type, for a type that `fetch` adds is one that was not
 * signed; but for a `FormData`, which has no other way to be sent. For a type, sign it: `headers: { 'Content-Type': file.type }`.
 */
export function toFetch(form: UploadForm, file: Blob, choices?: FormChoices): [url: string, init: RequestInit];
export function toFetch(request: SignedRequest, body?: RequestInit['body']): [url: string, init: RequestInit];

/** What speaks against uploading a file with this form; empty when nothing does. Needs no `init()`. */
export function checkFile(
  form: Pick<UploadForm, 'limits' | 'expiresAt'>,
  file: { size: number; type?: string; name?: string },
  choices?: FormChoices & { at?: Time },
): FileProblem[];

export interface FileProblem {
  code: 'too-large' | 'too-small' | 'type-not-allowed' | 'key-not-allowed' | 'expired';
  /** What the form allows. */
  allowed: string | number;
  /** What was to be sent. */
  found: string | number;
}

/** The requests of an upload in parts, each signed: for S3, OSS, COS and KS3 alike. */
export interface MultipartOptions extends ObjectTarget {
  /** Life in seconds. */
  expiresIn: number;
  /** From the answer to `create`. Without it only `create` is made. */
  uploadId?: string;
  /** Numbers of the parts to sign, from 1 to 10000. */
  partNumbers?: Iterable<number>;
  /** Headers of `create`, such as `Content-Type`; they are signed. */
  headers?: Pairs;
  at?: Time;
}

export interface Multipart {
  /** `POST ?uploads`: the answer holds the upload id. */
  create?: SignedRequest;
  /** `PUT ?partNumber&uploadId` for each number, in their order. */
  parts: { partNumber: number; request: SignedRequest }[];
  /** `GET ?uploadId`: which parts are there. */
  list?: SignedRequest;
  /** `POST ?uploadId`. */
  complete?: SignedRequest;
  /** `DELETE ?uploadId`. */
  abort?: SignedRequest;
}
