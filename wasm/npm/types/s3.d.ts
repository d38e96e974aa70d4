/** Amazon S3 and everything that speaks it. `import { init, uploadForm } from 'countersign/s3'` */
export * from './shared.js';
import type { FormOptions, Multipart, MultipartOptions, PresignOptions, SignOptions, SignedRequest, UploadForm, Who } from './shared.js';

/** A form signed with V4 (`s3-v4-post`). */
export function uploadForm(options: FormOptions & { region: string }, who: Who): UploadForm;
/** A URL signed with V4 (`s3-v4-url`), which lives for a week at most. */
export function presign(options: PresignOptions & { region: string }, who: Who): SignedRequest;
/** A request signed with V4 (`s3-v4-header`). Without `body` the payload is not signed. */
export function sign(options: SignOptions & { region: string }, who: Who): SignedRequest;
/** The requests of an upload in parts as signed URLs, so that a page without a key can send them. */
export function presignMultipart(options: MultipartOptions & { region: string }, who: Who): Multipart;
