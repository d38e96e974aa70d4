import type { FormChoices, UploadForm } from './shared.js';

export * from './shared.js';

/** The arguments of `fetch`: `fetch(...toFetch(form, file))`. Needs no `init()`. Signed requests are for the entries that make them. */
export declare function toFetch(form: UploadForm, file: Blob, choices?: FormChoices): [url: string, init: RequestInit];
