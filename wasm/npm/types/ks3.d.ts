/** Kingsoft KS3. `import { init, uploadForm } from 'countersign/ks3'` */
export * from './shared.js';
import type { FormOptions, Multipart, MultipartOptions, PresignOptions, SignOptions, SignedRequest, UploadForm, Who } from './shared.js';

/**
 * V2 is what the vendor's SDKs sign with. V4 needs `region`.
 *
 * A region has two names, `BEIJING` in scopes and `cn-beijing` in hosts: either is taken, and both are written where they belong.
 */
export interface Ks3Version {
  version?: 'v2' | 'v4';
}
/** A signed form (`ks3-post`). */
export function uploadForm(options: FormOptions, who: Who): UploadForm;
/** A signed URL (`ks3-v2-url` or `ks3-v4-url`). */
export function presign(options: PresignOptions & Ks3Version, who: Who): SignedRequest;
/** A signed request (`ks3-v2-header` or `ks3-v4-header`). `x-kss-date` or `x-amz-date` is added, for pages cannot send `Date`. */
export function sign(options: SignOptions & Ks3Version, who: Who): SignedRequest;
/** The requests of an upload in parts as signed URLs. */
export function presignMultipart(options: MultipartOptions & Ks3Version, who: Who): Multipart;
