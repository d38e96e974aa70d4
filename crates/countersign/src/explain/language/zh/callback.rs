//! Callbacks: what they ask for, and what answers them.

use super::Pair;

pub(super) static PHRASES: &[Pair] = &[
    ("the answer took {elapsed} ms; expected at most {limit}", "响应耗时 {elapsed} 毫秒；应不超过 {limit} 毫秒"),
    (
        "the answer is a {status} to `{location}`; expected a 200 from the URL of the callback itself",
        "响应是重定向到 `{location}` 的 {status}；应由回调 URL 本身返回 200",
    ),
    ("the status is {status}; expected 200", "状态码是 {status}；应为 200"),
    ("`Content-Length` is missing; expected the length of the body", "缺少 `Content-Length`；应为响应体的长度"),
    (
        "`Content-Length` is missing and `Transfer-Encoding` is `{coding}`; expected the length of the body",
        "缺少 `Content-Length`，而 `Transfer-Encoding` 是 `{coding}`；应给出响应体的长度",
    ),
    ("`Content-Length` is `{found}`; expected a number of bytes", "`Content-Length` 是 `{found}`；应为字节数"),
    (
        "`Content-Length` is {stated} and the body has {len} bytes; expected the same",
        "`Content-Length` 是 {stated}，而响应体有 {len} 字节；二者应相同",
    ),
    ("the body has {len} bytes; expected at most {limit}", "响应体有 {len} 字节；应不超过 {limit} 字节"),
    ("`Content-Type` is missing; expected `application/json`", "缺少 `Content-Type`；应为 `application/json`"),
    ("`Content-Type` is `{found}`; expected `application/json`", "`Content-Type` 是 `{found}`；应为 `application/json`"),
    (
        "the body begins with the byte-order mark `ef bb bf`; expected JSON from the first byte on",
        "响应体以字节序标记 `ef bb bf` 开头；应从第一个字节起就是 JSON",
    ),
    ("the body is empty; expected JSON", "响应体为空；应为 JSON"),
    ("the body `{found}` is not JSON ({reason})", "响应体 `{found}` 不是 JSON（{reason}）"),
    ("the body is `{found}`; expected `{\"result\":true}`", "响应体是 `{found}`；应为 `{\"result\":true}`"),
    ("a URL between the semicolons", "分号之间的 URL"),
    ("percent-escapes for blanks and all that is not ASCII", "对空格和非 ASCII 字符的 URL 编码"),
    ("`http://` or `https://`", "`http://` 或 `https://`"),
    ("a host", "域名"),
    ("a port from 1 to 65535", "1 至 65535 的端口"),
    (
        "no key found; expected `-----BEGIN PUBLIC KEY-----` and its end",
        "没有找到公钥；应为 `-----BEGIN PUBLIC KEY-----` 及其结尾",
    ),
    ("found a `{label}`; expected a `PUBLIC KEY`, as OSS publishes it", "找到的是 `{label}`；应为 OSS 公布的 `PUBLIC KEY`"),
    ("the key is not Base64 between its first and last line", "公钥首行与末行之间不是 Base64"),
    ("the key is no RSA public key in DER", "公钥不是 DER 格式的 RSA 公钥"),
    ("the key has {bits} bits; expected 512 to 8192", "公钥有 {bits} 位；应为 512 至 8192 位"),
    (
        "the public exponent of the key is even or out of range; expected 65537 or the like",
        "公钥的公开指数是偶数或超出范围；应为 65537 等",
    ),
    (
        "`{name}` of the query and the header `x-oss-{name}` are both given; expected one of them",
        "查询字符串的 `{name}` 与请求头 `x-oss-{name}` 都给出了；应只给其中一个",
    ),
    (
        "the form has a field `callback-var`; expected a field for every variable: `x:...`",
        "表单中有表单域 `callback-var`；每个变量应各用一个表单域：`x:...`",
    ),
    ("`{name}` holds a bare `+` in the query; expected `%2B`", "查询字符串中 `{name}` 的 `+` 未编码；应为 `%2B`"),
    ("`{name}` is `{found}`; expected Base64", "`{name}` 是 `{found}`；应为 Base64"),
    (
        "the Base64 of `{name}` has {len} bytes; expected at most {limit}",
        "`{name}` 的 Base64 有 {len} 字节；应不超过 {limit} 字节",
    ),
    ("the text of `{name}` is not JSON ({reason}); expected an object", "`{name}` 的文本不是 JSON（{reason}）；应为对象"),
    (
        "the quotes inside `callbackBody` have no backslash; expected `\\\"` for each of them",
        "`callbackBody` 中的引号没有反斜杠；每个都应写成 `\\\"`",
    ),
    ("the text of `{name}` is `{found}`; expected a JSON object", "`{name}` 的文本是 `{found}`；应为 JSON 对象"),
    ("`{name}` occurs more than once; expected once", "`{name}` 出现了不止一次；应只出现一次"),
    ("`{name}` is no member; expected `{meant}`", "`{name}` 不是成员；应为 `{meant}`"),
    ("`{name}` is no member of `callback` that is documented", "`{name}` 不是文档中 `callback` 的成员"),
    ("`{member}` is `{found}`; expected {expected}", "`{member}` 是 `{found}`；应为{expected}"),
    ("`callbackUrl` is missing; expected in every callback", "缺少 `callbackUrl`；每个回调都应有它"),
    ("`callbackUrl` is empty, so that nobody is called; expected a URL", "`callbackUrl` 为空，不会回调任何地址；应为 URL"),
    ("`callbackUrl` holds {count} URLs; expected at most {limit}", "`callbackUrl` 含有 {count} 个 URL；应不超过 {limit} 个"),
    ("`callbackUrl` holds `{found}`; expected {expected}", "`callbackUrl` 是 `{found}`；应为{expected}"),
    (
        "`callbackUrl` holds `{found}`, which OSS cannot reach; expected a public address",
        "`callbackUrl` 是 `{found}`，OSS 无法访问；应为公网地址",
    ),
    ("`callbackUrl` holds `{found}`; expected a name or an IPv4 address", "`callbackUrl` 是 `{found}`；应为域名或 IPv4 地址"),
    ("`callbackHost` is `{found}`; expected a name or an address", "`callbackHost` 是 `{found}`；应为域名或地址"),
    ("`callbackBody` is missing or empty; expected a template", "缺少 `callbackBody` 或其为空；应为模板"),
    (
        "`callbackBodyType` is `{found}`; expected `{form}` or `{json}`",
        "`callbackBodyType` 是 `{found}`；应为 `{form}` 或 `{json}`",
    ),
    (
        "`additionalHeaders` holds `{found}`; expected names that do not begin with `x-oss-`",
        "`additionalHeaders` 含有 `{found}`；应为不以 `x-oss-` 开头的名称",
    ),
    (
        "`callbackBody` has a `$` at offset {at} without `{` behind it; expected `${name}`",
        "`callbackBody` 偏移 {at} 处的 `$` 之后没有 `{`；应为 `${name}`",
    ),
    (
        "`callbackBody` has a `${` at offset {at} without `}`; expected `${name}`",
        "`callbackBody` 偏移 {at} 处的 `${` 没有 `}`；应为 `${name}`",
    ),
    ("`${{name}}` is no variable; expected `${{meant}}`", "`${{name}}` 不是变量；应为 `${{meant}}`"),
    (
        "`${{name}}` is no variable of OSS; expected one, or one of yours: `${x:...}`",
        "`${{name}}` 不是 OSS 的变量；应为 OSS 的变量，或自定义变量 `${x:...}`",
    ),
    ("`${{name}}` has no value; expected `{name}` in `callback-var`", "`${{name}}` 没有值；`callback-var` 中应有 `{name}`"),
    (
        "`${{name}}` stands between quotes; expected none, as OSS writes them itself",
        "`${{name}}` 写在引号之间；不应加引号，OSS 会自行加上",
    ),
    (
        "`callbackBody` does not become JSON ({reason}); expected `{\"name\":${name}}` or the like",
        "`callbackBody` 代入后不是 JSON（{reason}）；应形如 `{\"name\":${name}}`",
    ),
    (
        "`callbackBody` looks like JSON and goes out as a form; expected `callbackBodyType` to be `{json}`",
        "`callbackBody` 看起来是 JSON，却以表单发出；`callbackBodyType` 应为 `{json}`",
    ),
    ("a variable is named `{name}`; expected a name that begins with `x:`", "有变量名为 `{name}`；应以 `x:` 开头"),
    ("a variable is named `{name}`; expected small letters", "有变量名为 `{name}`；应为小写字母"),
    ("`{name}` is `{found}`; expected text in quotes", "`{name}` 是 `{found}`；应为加引号的文本"),
    ("there are {count} variables; at most {limit} are recommended", "有 {count} 个变量；建议不超过 {limit} 个"),
    ("the variables have {len} bytes; at most {limit} are recommended", "变量共有 {len} 字节；建议不超过 {limit} 字节"),
    ("an object", "对象"),
    (
        "`${{name}}` has no value; expected one for every variable of `callbackBody`",
        "`${{name}}` 没有值；`callbackBody` 的每个变量都应有值",
    ),
    ("the method is `{found}`; expected `POST`", "请求方法是 `{found}`；应为 `POST`"),
    ("`{header}` is missing; expected in every callback of OSS", "缺少 `{header}`；OSS 的每个回调都应有它"),
    ("`{header}` is `{found}`; expected a URL in Base64", "`{header}` 是 `{found}`；应为 Base64 形式的 URL"),
    (
        "the URL of the key is `{found}`; expected one that begins with `{http}` or `{https}`",
        "公钥的 URL 是 `{found}`；应以 `{http}` 或 `{https}` 开头",
    ),
    ("`Authorization` is missing; expected in every callback of OSS", "缺少 `Authorization`；OSS 的每个回调都应有它"),
    (
        "`Authorization` is `{found}`; expected a signature in Base64 and nothing before it",
        "`Authorization` 是 `{found}`；应为 Base64 形式的签名，前面没有其他内容",
    ),
    ("the body takes part in the signature; give the body", "请求体参与签名；请给出请求体"),
    (
        "the signature has {found} bytes; expected the {expected} of a signature by this key",
        "签名有 {found} 字节；用该公钥对应的签名应为 {expected} 字节",
    ),
    ("the signature was not made by this key, or it was damaged", "签名不是用该公钥对应的私钥生成的，或已损坏"),
    ("the signature was made by this key over something else than an MD5", "签名是用该公钥对应的私钥生成的，但签的不是 MD5"),
    (
        "the signature was made by this key over a text with the MD5 `{signed}`; path, query or body differ",
        "签名是用该公钥对应的私钥生成的，签的是 MD5 为 `{signed}` 的文本；路径、查询字符串或请求体不同",
    ),
];
