"""Times the SDKs in Python. Prints operation, package, version and microseconds, with tabs between."""

import datetime
import logging
import statistics
import time
from importlib.metadata import version

import alibabacloud_oss_v2 as oss_v2
import boto3
import oss2
import qiniu
from botocore.config import Config
from qcloud_cos import CosConfig, CosS3Client

ID = "CSIDEXAMPLE0001"
SECRET = "madeUpSecretOnlyForThisBenchmark"
KEY = "2026/05/holiday/a.jpg"
LIFE = 900
POLICY = '{"scope":"photos:u/1042/a.jpg","deadline":1773501866,"fsizeLimit":10485760,"mimeLimit":"image/*"}'
ROUNDS = 31
BATCH_SECONDS = 0.02


def microseconds(run):
    """The median of rounds that are long against the clock's own cost."""
    count, elapsed = 1, 0.0
    while elapsed < BATCH_SECONDS:
        count *= 2
        elapsed = batch(run, count)
    return statistics.median(batch(run, count) / count for _ in range(ROUNDS)) * 1e6


def batch(run, count):
    begun = time.perf_counter()
    for _ in range(count):
        run()
    return time.perf_counter() - begun


def report(operation, package, run, mark):
    """`mark` stands in what `run` gives, so that nobody is timed for an error."""
    assert mark in str(run()), f"{operation} of {package} gave {run()}"
    print(f"{operation}\t{package}\t{version(package)}\t{microseconds(run):.1f}", flush=True)


def oss():
    endpoint = "https://oss-cn-hangzhou.aliyuncs.com"
    bucket = oss2.Bucket(oss2.Auth(ID, SECRET), endpoint, "photos")
    report("OSS V1 URL", "oss2", lambda: bucket.sign_url("GET", KEY, LIFE, slash_safe=True), "Signature=")
    auth = oss2.AuthV4(ID, SECRET)
    bucket_v4 = oss2.Bucket(auth, endpoint, "photos", region="cn-hangzhou")
    report("OSS V4 URL", "oss2", lambda: bucket_v4.sign_url("GET", KEY, LIFE, slash_safe=True), "x-oss-signature=")
    config = oss_v2.config.load_default()
    config.credentials_provider = oss_v2.credentials.StaticCredentialsProvider(ID, SECRET)
    config.region = "cn-hangzhou"
    client = oss_v2.Client(config)
    request = oss_v2.GetObjectRequest(bucket="photos", key=KEY)
    life = datetime.timedelta(seconds=LIFE)
    report("OSS V4 URL", "alibabacloud-oss-v2", lambda: client.presign(request, expires=life).url, "x-oss-signature=")


def s3():
    config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    client = boto3.client("s3", region_name="us-east-1", aws_access_key_id=ID, aws_secret_access_key=SECRET, config=config)
    params = {"Bucket": "photos", "Key": KEY}
    report("S3 V4 URL", "botocore", lambda: client.generate_presigned_url("get_object", params, LIFE), "X-Amz-Signature=")


def cos():
    logging.getLogger("qcloud_cos").setLevel(logging.CRITICAL)
    client = CosS3Client(CosConfig(Region="ap-guangzhou", SecretId=ID, SecretKey=SECRET))
    bucket = "photos-1250000000"
    sign = lambda: client.get_presigned_url("GET", bucket, KEY, Expired=LIFE)
    report("COS URL", "cos-python-sdk-v5", sign, "q-signature=")


def kodo():
    auth = qiniu.Auth(ID, SECRET)
    report("Kodo token, policy ready", "qiniu", lambda: auth.token_with_data(POLICY), f"{ID}:")
    policy = {"fsizeLimit": 10485760, "mimeLimit": "image/*"}
    token = lambda: auth.upload_token("photos", "u/1042/a.jpg", LIFE, policy)
    report("Kodo token, policy built", "qiniu", token, f"{ID}:")
    url = f"https://cdn.example.com/{KEY}"
    report("Kodo private URL", "qiniu", lambda: auth.private_download_url(url, LIFE), "token=")


if __name__ == "__main__":
    for measure in (oss, s3, cos, kodo):
        measure()
