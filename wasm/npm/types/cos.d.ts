/** Tencent COS. `import { init, uploadForm } from 'countersign/cos'` */
export * from './shared.js';
import type { FormOptions, Multipart, MultipartOptions, PresignOptions, SignOptions, SignedRequest, UploadForm, Who } from './shared.js';

/** A signed form (`cos-post`). The bucket is named with its APPID: `photos-1250000000`. */
export function uploadForm(options: FormOptions, who: Who): UploadForm;
/** A signed URL (`cos-xml-url`). */
export function presign(options: PresignOptions, who: Who): SignedRequest;
/** A signed request (`cos-xml-header`): also each request of an upload in parts. */
export function sign(options: SignOptions, who: Who): SignedRequest;
/** The value of `Authorization` alone, as `getAuthorization` of the vendor's SDK is to give it. */
export function authorization(options: SignOptions, who: Who): string;
/** The requests of an upload in parts as signed URLs. */
export function presignMultipart(options: MultipartOptions, who: Who): Multipart;
