// The same program for everyone who installs the package: every vector, by the entry of all and that of each vendor.

import * as all from 'countersign';
import * as cos from 'countersign/cos';
import * as explainer from 'countersign/explain';
import * as kodo from 'countersign/kodo';
import * as ks3 from 'countersign/ks3';
import * as oss from 'countersign/oss';
import * as s3 from 'countersign/s3';
import * as upload from 'countersign/kodo/upload';
import { compareAll, faults } from './compare.mjs';

const entries = { cos, kodo, ks3, oss, s3 };

export const run = async (vectors) => {
  await Promise.all([all, explainer, upload, ...Object.values(entries)].map(({ init }) => init()));
  const results = compareAll(({ provider, scheme }) => [all[provider], entries[provider], ...(scheme === 'kodo-upload-token' ? [upload] : [])], vectors);
  await explainer.loadLanguage('zh');
  await explainer.loadStacks();
  const { report } = explainer.explain({
    lang: 'zh',
    stack: 'docker',
    input:
      'GET / HTTP/1.1\nHost: ob-ex.oss-cn-hangzhou.aliyuncs.com\nDate: Mon, 18 Sep 2017 08:00:00 GMT\n' +
      'Authorization: OSS CSIDEXAMPLE0001:MyNpT/7rcKqVXUtYGiv8l/YB6s8=\n\n',
    secrets: ['cs7EXAMPLEsecretKEY/with+signs0123456789'],
  });
  const { known } = await explainer.errorInfo('SignatureDoesNotMatch');
  return {
    faults: faults(results),
    compared: results.reduce((sum, { compared }) => sum + compared, 0),
    cause: report.findings[0]?.code,
    title: report.findings[0]?.title,
    line: report.findings[0]?.fixes?.[0]?.line,
    known,
  };
};
