// One file on its way: by a form, or in parts.

import { abandon, begin, finish, resumable } from './parts.js';
import { retrying, sendToStorage } from './send.js';

/**
 * Uploads a file.
 *
 * @param {{
 *   endpoint: import('./endpoint.js').Endpoint, user: string, file: File, signal: AbortSignal,
 *   progress: (sent: number) => void, waiting: (attempt: number, pause: number) => void,
 *   allowed: (upload: { key: string, form?: object }) => void, resumed: (bytes: number) => void,
 * }} job `allowed` is told what the service allows, `resumed` how much was there already.
 */
export async function upload(job) {
  const { endpoint, file, signal, waiting, progress } = job;
  const before = await resumable(job);
  if (before) {
    job.allowed({ key: before.begun.key });
    job.resumed(before.tags.size);
    return finish(before, job);
  }
  const ask = () => retrying(() => endpoint.token(file, signal), { signal, waiting });
  let allowed = await ask();
  job.allowed(allowed);
  if (allowed.way === 'parts') return finish(await begin(allowed, job), job);
  return retrying(
    async () => {
      if (Date.parse(allowed.form.expiresAt) <= Date.now() && allowed.used) {
        // It grew old between two attempts.
        allowed = await ask();
        job.allowed(allowed);
      }
      allowed.used = true;
      const { form } = allowed;
      const body = new FormData();
      for (const [name, value] of form.fields) body.append(name, value);
      body.append(form.fileField, file, file.name);
      // What is counted is the whole body: the fields, too.
      await sendToStorage(form, body, { signal, progress: (sent) => progress(Math.min(sent, file.size)) });
      progress(file.size);
    },
    { signal, waiting },
  );
}

export { abandon };
