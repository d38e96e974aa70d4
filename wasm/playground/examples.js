// Requests with the mistakes people make, from made-up credentials. Written by test/make-examples.mjs.

export const EXAMPLES = [
  {
    "id": "oss",
    "input": "PUT /2026/a%20b.jpg HTTP/1.1\nHost: photos.oss-cn-hangzhou.aliyuncs.com\nDate: Fri, 01 May 2026 08:30:15 GMT\nx-oss-meta-owner: alice\nAuthorization: OSS CSIDEXAMPLE0001:1pq+aV94wnlIgoFEkTNHGK9y8+w=\nContent-Type: application/octet-stream\nContent-Length: 8\n\nmade up\n",
    "secret": "madeUpSecretOnlyForThisExample",
    "at": "2026-05-01T08:33:00Z"
  },
  {
    "id": "cos",
    "input": "https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/2026/%E6%8A%A5%E5%91%8A.pdf?q-sign-algorithm=sha1&q-ak=CSIDEXAMPLE0001&q-sign-time=1777624215;1777627815&q-key-time=1777624215;1777627815&q-header-list=host&q-url-param-list=&q-signature=7a2909b89f53ca931bf1940e48fc5abb663c58ff",
    "secret": "madeUpSecretOnlyForThisExample",
    "at": "2026-05-01T08:33:00Z"
  },
  {
    "id": "ks3",
    "input": "curl -X PUT 'https://photos.ks3-cn-beijing.ksyuncs.com/2026/harbour.jpg' \\\n  -H 'Date: Fri, 01 May 2026 08:30:15 GMT' \\\n  -H 'Content-Type: image/jpeg' \\\n  -H 'Authorization: KSS CSIDEXAMPLE0001:eI8x7VwfO93V4k+C1dsn4fBprFw=' \\\n  -T harbour.jpg\n",
    "secret": "madeUpSecretOnlyForThisExample",
    "at": "2026-05-01T08:33:00Z"
  },
  {
    "id": "kodo",
    "input": "CSIDEXAMPLE0001:SyvJh1wwKGLSir-cX_9pcbJ0SQM=:eyJzY29wZSI6InBob3RvczoyMDI2L2hhcmJvdXIuanBnIiwiZGVhZGxpbmUiOjE3Nzc2Mjc4MTUsInJldHVybkJvZHkiOiJ7XCJrZXlcIjogJChrZXkpLCBcImhhc2hcIjogJChldGFnKX0ifQ==\n",
    "secret": "madeUpSecretOnlyForThisExample",
    "at": "2026-05-01T08:33:00Z"
  },
  {
    "id": "s3",
    "input": "> GET /2026/a%20b.jpg HTTP/1.1\n> Host: photos.s3.us-east-1.amazonaws.com\n> User-Agent: curl/8.5.0\n> Accept: */*\n> x-amz-date: 20260501T083015Z\n> x-amz-content-sha256: UNSIGNED-PAYLOAD\n> Authorization: AWS4-HMAC-SHA256 Credential=CSIDEXAMPLE0001/20260501/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=4590303a0f8caebce070ffb3cd5bf35657101ae32a94eb94342c6c5a888142a6\n>\n< HTTP/1.1 403 Forbidden\n< Date: Fri, 01 May 2026 08:30:16 GMT\n< Content-Type: application/xml\n<\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>CSIDEXAMPLE0001</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256\n20260501T083015Z\n20260501/us-east-1/s3/aws4_request\n60c3fc000145812cf216411e03be8d18ea0ed1077a0d0c9b94918d6650b91806</StringToSign><SignatureProvided>4590303a0f8caebce070ffb3cd5bf35657101ae32a94eb94342c6c5a888142a6</SignatureProvided><CanonicalRequest>GET\n/2026/a%20b.jpg\n\nhost:photos.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:20260501T083015Z\n\nhost;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD</CanonicalRequest></Error>\n",
    "secret": "madeUpSecretOnlyForThisExample",
    "at": "2026-05-01T08:33:00Z"
  },
  {
    "id": "har",
    "input": "{\n \"log\": {\n  \"version\": \"1.2\",\n  \"creator\": {\n   \"name\": \"made up\",\n   \"version\": \"1\"\n  },\n  \"entries\": [\n   {\n    \"startedDateTime\": \"2026-05-01T08:30:15.000Z\",\n    \"request\": {\n     \"method\": \"PUT\",\n     \"url\": \"https://photos.oss-cn-hangzhou.aliyuncs.com/cat.png\",\n     \"httpVersion\": \"HTTP/1.1\",\n     \"headers\": [\n      {\n       \"name\": \"Host\",\n       \"value\": \"photos.oss-cn-hangzhou.aliyuncs.com\"\n      },\n      {\n       \"name\": \"Date\",\n       \"value\": \"Fri, 01 May 2026 08:30:15 GMT\"\n      },\n      {\n       \"name\": \"Authorization\",\n       \"value\": \"OSS CSIDEXAMPLE0001:p95WQdxXZvX4nOk8LlKo9YIjOdY=\"\n      },\n      {\n       \"name\": \"Content-Type\",\n       \"value\": \"image/png\"\n      }\n     ],\n     \"queryString\": [],\n     \"cookies\": [],\n     \"headersSize\": -1,\n     \"bodySize\": -1\n    },\n    \"response\": {\n     \"status\": 200,\n     \"statusText\": \"\",\n     \"httpVersion\": \"HTTP/1.1\",\n     \"headers\": [],\n     \"cookies\": [],\n     \"content\": {\n      \"size\": 0,\n      \"mimeType\": \"\"\n     },\n     \"redirectURL\": \"\",\n     \"headersSize\": -1,\n     \"bodySize\": -1\n    }\n   },\n   {\n    \"startedDateTime\": \"2026-05-01T08:30:15.000Z\",\n    \"request\": {\n     \"method\": \"PUT\",\n     \"url\": \"https://photos.oss-cn-hangzhou.aliyuncs.com/cat.png\",\n     \"httpVersion\": \"HTTP/1.1\",\n     \"headers\": [\n      {\n       \"name\": \"Host\",\n       \"value\": \"photos.oss-cn-hangzhou.aliyuncs.com\"\n      },\n      {\n       \"name\": \"Date\",\n       \"value\": \"Fri, 01 May 2026 08:30:15 GMT\"\n      },\n      {\n       \"name\": \"Authorization\",\n       \"value\": \"OSS CSIDEXAMPLE0001:MF6VhWfrBxowW4CHOCdzIiW6MWk=\"\n      },\n      {\n       \"name\": \"Content-Type\",\n       \"value\": \"image/png\"\n      }\n     ],\n     \"queryString\": [],\n     \"cookies\": [],\n     \"headersSize\": -1,\n     \"bodySize\": -1\n    },\n    \"response\": {\n     \"status\": 403,\n     \"statusText\": \"\",\n     \"httpVersion\": \"HTTP/1.1\",\n     \"headers\": [],\n     \"cookies\": [],\n     \"content\": {\n      \"size\": 0,\n      \"mimeType\": \"\"\n     },\n     \"redirectURL\": \"\",\n     \"headersSize\": -1,\n     \"bodySize\": -1\n    }\n   },\n   {\n    \"startedDateTime\": \"2026-05-01T08:30:15.000Z\",\n    \"request\": {\n     \"method\": \"GET\",\n     \"url\": \"https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/cat.png?q-sign-algorithm=sha1&q-ak=CSIDEXAMPLE0001&q-sign-time=1777624215;1777627815&q-key-time=1777624215;1777627815&q-header-list=host&q-url-param-list=&q-signature=ba728a80e06f9a03b6914e1c4588ed3549efa3c4\",\n     \"httpVersion\": \"HTTP/1.1\",\n     \"headers\": [\n      {\n       \"name\": \"Host\",\n       \"value\": \"photos-1250000000.cos.ap-guangzhou.myqcloud.com\"\n      }\n     ],\n     \"queryString\": [],\n     \"cookies\": [],\n     \"headersSize\": -1,\n     \"bodySize\": -1\n    },\n    \"response\": {\n     \"status\": 200,\n     \"statusText\": \"\",\n     \"httpVersion\": \"HTTP/1.1\",\n     \"headers\": [],\n     \"cookies\": [],\n     \"content\": {\n      \"size\": 0,\n      \"mimeType\": \"\"\n     },\n     \"redirectURL\": \"\",\n     \"headersSize\": -1,\n     \"bodySize\": -1\n    }\n   },\n   {\n    \"startedDateTime\": \"2026-05-01T08:30:15.000Z\",\n    \"request\": {\n     \"method\": \"GET\",\n     \"url\": \"https://photos.oss-cn-hangzhou.aliyuncs.com/cat.png?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777617015&Signature=Y4qdH%2FmkcvKR3%2FzLVaB6joTz3Gg%3D\",\n     \"httpVersion\": \"HTTP/1.1\",\n     \"headers\": [\n      {\n       \"name\": \"Host\",\n       \"value\": \"photos.oss-cn-hangzhou.aliyuncs.com\"\n      }\n     ],\n     \"queryString\": [],\n     \"cookies\": [],\n     \"headersSize\": -1,\n     \"bodySize\": -1\n    },\n    \"response\": {\n     \"status\": 403,\n     \"statusText\": \"\",\n     \"httpVersion\": \"HTTP/1.1\",\n     \"headers\": [],\n     \"cookies\": [],\n     \"content\": {\n      \"size\": 0,\n      \"mimeType\": \"\"\n     },\n     \"redirectURL\": \"\",\n     \"headersSize\": -1,\n     \"bodySize\": -1\n    }\n   }\n  ]\n }\n}\n",
    "secret": "madeUpSecretOnlyForThisExample",
    "at": "2026-05-01T08:33:00Z"
  }
];

export const DECODE_EXAMPLES = {
  "token": {
    "input": "CSIDEXAMPLE0001:7OCt-spOK-GdNXXaxL8g4YlZENo=:eyJzY29wZSI6InBob3RvczoyMDI2L2hhcmJvdXIuanBnIiwiZGVhZGxpbmUiOjE3Nzc2Mjc4MTUsInJldHVybkJvZHkiOiJ7XCJrZXlcIjogJChrZXkpLCBcImhhc2hcIjogJChldGFnKX0ifQ=="
  },
  "policy": {
    "input": "eyJleHBpcmF0aW9uIjoiMjAyNi0wNS0wMVQwOTowMDowMFoiLCJjb25kaXRpb25zIjpbeyJidWNrZXQiOiJwaG90b3MifSxbInN0YXJ0cy13aXRoIiwiJGtleSIsIiJdXX0=",
    "provider": "s3"
  },
  "url": {
    "input": "https://photos-1250000000.cos.ap-guangzhou.myqcloud.com/cat.png?q-sign-algorithm=sha1&q-ak=CSIDEXAMPLE0001&q-sign-time=1777624215;1777627815&q-key-time=1777624215;1777627815&q-header-list=host&q-url-param-list=&q-signature=ba728a80e06f9a03b6914e1c4588ed3549efa3c4"
  }
};
