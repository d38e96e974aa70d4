// What a user of the package writes must type-check, and what is wrong must not.

import { CountersignError, Key, checkFile, init, initSync, kodo, oss, toFetch, toFormData, type ErrorCode, type UploadForm } from 'countersign';
import { explain, errorInfo, loadStacks, stacks, type Report, type Stack } from 'countersign/explain';
import { uploadToken } from 'countersign/kodo/upload';
import { authorization } from 'countersign/cos';
import { cos as cosUploads, kodo as kodoUploads } from 'countersign/upload';

export const upload = async (file: File): Promise<Report> => {
  await init();
  using key = new Key({ accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: 'madeUpSecretOnlyForThisExample', expiration: new Date() });
  const form: UploadForm = oss.uploadForm({ bucket: 'photos', region: 'cn-hangzhou', keyPrefix: 'u/', expiresIn: 900, contentType: 'image/*' }, key);
  const problems = checkFile(form, file);
  if (problems[0]?.code === 'too-large') throw new CountersignError();
  const data: FormData = toFormData(form, file, { key: 'u/a' });
  await fetch(...toFetch(form, file));
  await fetch(...toFetch(oss.presign({ bucket: 'photos', key: 'a', region: 'cn-hangzhou', expiresIn: 60, method: 'PUT' }, key), file));
  oss.presign({ bucket: 'photos', key: 'a', expiresIn: 60, headers: new Headers({ 'x-oss-acl': 'private' }), query: new URLSearchParams('versionId=1'), addressing: 'custom' }, key);
  oss.presign({ bucket: 'photos', key: 'a', expiresIn: 60, headers: { 'x-oss-acl': 'private' }, query: [['versionId', '1']], signedHeaders: ['x-oss-acl'] }, key);
  initSync(new Uint8Array());
  const token: string = uploadToken({ bucket: 'photos', key: 'a', expiresIn: 3600 }, key) + kodo.uploadToken('{}', key);
  const header: string = authorization({ method: 'PUT', url: 'https://b-1.cos.ap-guangzhou.myqcloud.com/a' }, key);
  const forms: UploadForm[] = [
    cosUploads.uploadForm({ bucket: 'b-1', region: 'ap-guangzhou', key: 'a', expiresIn: 900 }, key),
    kodoUploads.uploadForm({ bucket: 'photos', key: 'a', region: 'z0', expiresIn: 900 }, key),
  ];
  // @ts-expect-error: signed URLs are in other entries.
  cosUploads.presign({ url: forms[0]?.url, expiresIn: 60 }, key);
  const code: ErrorCode = 'key-freed';
  const { known } = await errorInfo(code + token + header + data.get('key'));
  // @ts-expect-error: there is no such version.
  oss.presign({ bucket: 'photos', key: 'a', expiresIn: 60, version: 'v9' }, key);
  // @ts-expect-error: there is no such place.
  oss.presign({ bucket: 'photos', key: 'a', expiresIn: 60, addressing: 'path-style' }, key);
  // @ts-expect-error: an address is none of the bytes.
  initSync('sign.wasm');
  // @ts-expect-error: the secret is missing.
  new Key({ accessKeyId: 'a' });
  // @ts-expect-error: a field of a put policy is misspelt.
  uploadToken({ bucket: 'photos', fsizelimit: 1 }, key);
  // @ts-expect-error: there is no such client.
  const wrong: Stack = 'telnet';
  await loadStacks();
  return explain({ input: known ? file.name : '', lang: 'zh', at: Date.now(), stack: stacks().filter((own) => own !== wrong) }).report;
};
