/** Qiniu Kodo. `import { init, uploadToken } from 'countersign/kodo'` */
export * from './shared.js';
import type { Pairs, SignedRequest, Time, UploadForm, Who } from './shared.js';

/** What an upload token allows. Names of fields and their meaning are the vendor's ("Put policy"). */
export interface PutPolicy {
  bucket: string;
  /** This key alone; it may be overwritten. Where neither it nor a prefix is there, any key of the bucket is allowed. */
  key?: string;
  /** Any key that starts so (`isPrefixalScope`). */
  keyPrefix?: string;
  /** Life in seconds, or `deadline`. */
  expiresIn?: number;
  deadline?: Time;
  insertOnly?: boolean;
  endUser?: string;
  returnUrl?: string;
  returnBody?: string;
  callbackUrl?: string;
  callbackHost?: string;
  callbackBody?: string;
  callbackBodyType?: 'application/x-www-form-urlencoded' | 'application/json';
  callbackFetchKey?: boolean;
  persistentOps?: string;
  persistentNotifyUrl?: string;
  persistentPipeline?: string;
  persistentType?: 0 | 1;
  persistentWorkflowTemplateID?: string;
  saveKey?: string;
  forceSaveKey?: boolean;
  fsizeMin?: number;
  fsizeLimit?: number;
  /** 0: the client's type first, 1: from the content, -1: the client's type always. */
  detectMime?: 0 | 1 | -1;
  mimeLimit?: string;
  fileType?: 0 | 1 | 2 | 3 | 4 | 5;
  deleteAfterDays?: number;
  trafficLimit?: number;
  keyLimit?: string[];
  at?: Time;
}

/**
 * An upload token (`kodo-upload-token`). A policy given as JSON text is signed byte for byte, unchecked; one
 * given as an object is refused when it contradicts itself.
 *
 * @throws CountersignError `policy-refused`
 */
export function uploadToken(policy: PutPolicy | string, who: Who): string;

/** A complete form: the token, the key and where it goes. */
export function uploadForm(
  policy: PutPolicy & {
    /** `z0`, `cn-east-2`, `z1`, `z2`, `na0`, `as0`, `ap-southeast-2`, `ap-southeast-3`: tells the host. */
    region?: string;
    /** The upload host or origin, in place of the region's. */
    endpoint?: string;
  },
  who: Who,
): UploadForm;

/** A URL of a private bucket's domain, signed for download (`kodo-private-url`). */
export function presign(options: { url: string | URL; expiresIn: number; at?: Time }, who: Who): SignedRequest;

/** A management request, signed as `Qiniu` (`kodo-mac`) or as `QBox`. */
export function sign(
  options: { method?: string; url: string | URL; headers?: Pairs; body?: string | Uint8Array; version?: 'qiniu' | 'qbox'; at?: Time },
  who: Who,
): SignedRequest;
