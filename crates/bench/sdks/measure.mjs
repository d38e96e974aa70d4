// Times the SDKs in Node. Prints operation, package, version and microseconds, with tabs between.

import { readFileSync } from "node:fs";

import { Sha256 } from "@aws-crypto/sha256-js";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { SignatureV4 } from "@smithy/signature-v4";
import OSS from "ali-oss";
import aws4 from "aws4";
import COS from "cos-nodejs-sdk-v5";
import qiniu from "qiniu";

const ID = "CSIDEXAMPLE0001";
const SECRET = "madeUpSecretOnlyForThisBenchmark";
const KEY = "2026/05/holiday/a.jpg";
const LIFE = 900;
const ROUNDS = 31;
const BATCH_MILLISECONDS = 20;

const { dependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

async function batch(run, count) {
  const begun = process.hrtime.bigint();
  for (let at = 0; at < count; at += 1) {
    const given = run();
    if (given instanceof Promise) await given;
  }
  return Number(process.hrtime.bigint() - begun) / 1e6;
}

// The median of rounds that are long against the clock's own cost.
async function microseconds(run) {
  let count = 1;
  do count *= 2;
  while ((await batch(run, count)) < BATCH_MILLISECONDS);
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push((await batch(run, count)) / count);
  return times.sort((a, b) => a - b)[ROUNDS >> 1] * 1e3;
}

// `mark` stands in what `run` gives, so that nobody is timed for an error.
async function report(operation, name, run, mark) {
  const given = await run();
  const text = typeof given === "string" ? given : JSON.stringify(given);
  if (!text.includes(mark)) throw new Error(`${operation} of ${name} gave ${text}`);
  console.log([operation, name, dependencies[name], (await microseconds(run)).toFixed(1)].join("\t"));
}

const oss = new OSS({ region: "oss-cn-hangzhou", accessKeyId: ID, accessKeySecret: SECRET, bucket: "photos", secure: true });
await report("OSS V1 URL", "ali-oss", () => oss.signatureUrl(KEY, { expires: LIFE }), "Signature=");
const v4 = new OSS({
  region: "oss-cn-hangzhou", accessKeyId: ID, accessKeySecret: SECRET, bucket: "photos", secure: true, authorizationV4: true,
});
await report("OSS V4 URL", "ali-oss", () => v4.signatureUrlV4("GET", LIFE, {}, KEY), "x-oss-signature=");

const host = "photos.s3.us-east-1.amazonaws.com";
const credentials = { accessKeyId: ID, secretAccessKey: SECRET };
const path = `/${KEY}?X-Amz-Expires=${LIFE}`;
await report("S3 V4 URL", "aws4", () => aws4.sign({ host, path, service: "s3", region: "us-east-1", signQuery: true }, credentials).path, "X-Amz-Signature=");
const signer = new SignatureV4({ credentials, region: "us-east-1", service: "s3", sha256: Sha256, uriEscapePath: false });
const request = { method: "GET", protocol: "https:", hostname: host, path: `/${KEY}`, query: {}, headers: { host } };
await report("S3 V4 URL", "@smithy/signature-v4", () => signer.presign(request, { expiresIn: LIFE }), "X-Amz-Signature");
const client = new S3Client({ region: "us-east-1", credentials });
const get = () => getSignedUrl(client, new GetObjectCommand({ Bucket: "photos", Key: KEY }), { expiresIn: LIFE });
await report("S3 V4 URL", "@aws-sdk/s3-request-presigner", get, "X-Amz-Signature=");

const cos = new COS({ SecretId: ID, SecretKey: SECRET });
const object = { Bucket: "photos-1250000000", Region: "ap-guangzhou", Key: KEY, Sign: true, Expires: LIFE };
await report("COS URL", "cos-nodejs-sdk-v5", () => cos.getObjectUrl(object, () => {}), "q-signature=");

const mac = new qiniu.auth.digest.Mac(ID, SECRET);
const options = { scope: "photos:u/1042/a.jpg", expires: LIFE, fsizeLimit: 10485760, mimeLimit: "image/*" };
await report("Kodo token, policy built", "qiniu", () => new qiniu.rs.PutPolicy(options).uploadToken(mac), `${ID}:`);
const bucketManager = new qiniu.rs.BucketManager(mac, new qiniu.conf.Config());
const link = () => bucketManager.privateDownloadUrl("https://cdn.example.com", KEY, Math.floor(Date.now() / 1000) + LIFE);
await report("Kodo private URL", "qiniu", link, "token=");
