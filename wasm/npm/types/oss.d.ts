/** Alibaba Cloud OSS. `import { init, uploadForm } from 'countersign/oss'` */
export * from './shared.js';
import type { FormOptions, Multipart, MultipartOptions, PresignOptions, SignOptions, SignedRequest, UploadForm, Who } from './shared.js';

/** V4 is what the vendor recommends, and needs `region`. V1 is for old endpoints. */
export interface OssVersion {
  version?: 'v4' | 'v1';
}
/** A form signed with V4 (`oss-post-v4`) or V1 (`oss-post-v1`). */
export function uploadForm(options: FormOptions & OssVersion, who: Who): UploadForm;
/** A signed URL (`oss-v4-url`, a week at most, or `oss-v1-url`). */
export function presign(options: PresignOptions & OssVersion, who: Who): SignedRequest;
/** A signed request (`oss-v4-header` or `oss-v1-header`). `x-oss-date` is added, for pages cannot send `Date`. */
export function sign(options: SignOptions & OssVersion, who: Who): SignedRequest;
/** The requests of an upload in parts as signed URLs. */
export function presignMultipart(options: MultipartOptions & OssVersion, who: Who): Multipart;
