//! Upload tokens and put policies of Kodo.

use super::Pair;

pub(super) static PHRASES: &[Pair] = &[
    ("its `t` has {found} digits and should have {due}", "其中的 `t` 有 {found} 位数字，应为 {due} 位"),
    ("a bucket without a colon, before the key or prefix", "不含冒号的空间名，其后是 key 或前缀"),
    ("a bucket, and a key or prefix behind a colon", "空间名，冒号之后是 key 或前缀"),
    ("seconds since 1970, 0 to 4294967295", "Unix 时间戳（秒），0 至 4294967295"),
    ("`application/x-www-form-urlencoded` or `application/json`", "`application/x-www-form-urlencoded` 或 `application/json`"),
    (
        "a type that can be processed: 0, 1, 4 or 5, as `persistentOps` is given",
        "可以处理的类型：0、1、4 或 5，因为给出了 `persistentOps`",
    ),
    ("at most 20 keys", "最多 20 个 key"),
    ("a number of bytes", "字节数"),
    ("0 or 1", "0 或 1"),
    ("a bucket and a key", "Bucket 和 key"),
    ("0: these tokens are for one key each", "0：这些凭证各对应一个 key"),
    ("-1, 0 or 1", "-1、0 或 1"),
    ("0 to 5", "0 至 5"),
    ("a number of days", "天数"),
    ("819200 to 838860800 bits a second", "819200 至 838860800（bit/s）"),
    ("at most `fsizeLimit`", "不大于 `fsizeLimit`"),
    ("access key id", "AccessKey"),
    ("the deadline was {ended}, {late} before the upload was complete", "截止时间是 {ended}，比上传完成早{late}"),
    ("the upload is for the bucket `{bucket}`, and `scope` is `{scope}`", "上传到空间 `{bucket}`，而 `scope` 是 `{scope}`"),
    ("the key is `{key}`, and `scope` wants it to start with `{wanted}`", "key 是 `{key}`，而 `scope` 要求以 `{wanted}` 开头"),
    ("the key is `{key}`, and `scope` wants `{wanted}`", "key 是 `{key}`，而 `scope` 要求是 `{wanted}`"),
    ("the key is `{key}`, and `keylimit` names {count} others", "key 是 `{key}`，而 `keylimit` 列出的 {count} 个 key 中没有它"),
    ("the key has {len} bytes; expected at most {most}", "key 有 {len} 字节；应不超过 {most} 字节"),
    ("the upload has {size} bytes, and `fsizeMin` is {min}", "上传的文件有 {size} 字节，而 `fsizeMin` 是 {min}"),
    ("the upload has {size} bytes, and `fsizeLimit` is {max}", "上传的文件有 {size} 字节，而 `fsizeLimit` 是 {max}"),
    ("the type is `{type}`, which `mimeLimit` `{limit}` does not take", "类型是 `{type}`，而 `mimeLimit` `{limit}` 不接受它"),
    ("`{key}` is in the bucket with other content, and must not be replaced", "空间中已有内容不同的 `{key}`，且不允许覆盖"),
    ("the size of the upload decides", "取决于上传文件的大小"),
    (
        "whether `fsizeLimit` 0 means no limit is not published; leave it out or give a size",
        "`fsizeLimit` 为 0 是否表示不限制，没有公开说明；不要写它，或写明大小",
    ),
    (
        "the type that the service finds in the content decides, for `mimeLimit` `{limit}`",
        "取决于服务端从内容判断出的类型，以对照 `mimeLimit` `{limit}`",
    ),
    (
        "whether `mimeLimit` is for the type the client names, `{named}`, or for `{found}`, which the service finds, is not \
         published; `detectMime` 1 leaves but one",
        "`mimeLimit` 针对的是客户端给出的类型 `{named}` 还是服务端判断出的 `{found}`，没有公开说明；`detectMime` 设为 1 \
         可消除歧义",
    ),
    (
        "what `mimeLimit` `{limit}` means for this type is not published; write `kind/*` or `kind/type`",
        "`mimeLimit` `{limit}` 对该类型的含义没有公开说明；请写成 `kind/*` 或 `kind/type`",
    ),
    (
        "the client names no key and `scope` names `{wanted}`: what comes of it is not published",
        "客户端没有指定 key，而 `scope` 指定了 `{wanted}`：结果没有公开说明",
    ),
    (
        "whether a key the client did not name, `{key}`, must be that of `scope`, `{wanted}`, is not published",
        "客户端没有指定而由服务端生成的 key `{key}` 是否必须与 `scope` 的 `{wanted}` 一致，没有公开说明",
    ),
    (
        "whether `{key}` is in the bucket already decides: it would not be replaced",
        "取决于空间中是否已有 `{key}`：已有则不会被覆盖",
    ),
    ("whether `{key}`, which is in the bucket, has the same content decides", "取决于空间中已有的 `{key}` 内容是否相同"),
    (
        "the way of the upload decides: one in blocks (`mkfile`) replaces the object, others do not",
        "取决于上传方式：分块上传（`mkfile`）会覆盖已有对象，其他方式不会",
    ),
    (
        "whether an object with the same content is taken for one that exists is not published for `{by}`",
        "对 `{by}` 来说，内容相同的对象是否算作已存在，没有公开说明",
    ),
    ("text in quotes", "加引号的文本"),
    ("a whole number", "整数"),
    ("`true` or `false`", "`true` 或 `false`"),
    ("a list of texts in quotes", "加引号的文本列表"),
    (
        "the number of pieces between colons in the token is {count}; expected 3: access key id, signature and policy",
        "凭证以冒号分成了 {count} 段；应为 3 段：AccessKey、签名和上传策略",
    ),
    ("the {piece} of the token is empty; expected text between the colons", "凭证中的{piece}为空；冒号之间应有内容"),
    (
        "the {piece} holds `{found}` at offset {at}; expected URL-safe Base64, with `-` and `_`",
        "{piece}在偏移 {at} 处是 `{found}`；应为含 `-` 和 `_` 的 URL 安全 Base64",
    ),
    (
        "the {piece} has {len} characters and no `=` at its end; expected Base64 with padding",
        "{piece}有 {len} 个字符，末尾没有 `=`；应为带填充的 Base64",
    ),
    (
        "the {piece} holds `{found}` at offset {at}; expected URL-safe Base64",
        "{piece}在偏移 {at} 处是 `{found}`；应为 URL 安全 Base64",
    ),
    (
        "the {piece} ends in the middle of a byte, after {len} characters; expected the whole of its Base64",
        "{piece}在 {len} 个字符之后、一个字节的中间结束；应为完整的 Base64",
    ),
    (
        "the signature `{found}` has {len} bytes; expected the 20 of an HMAC-SHA1",
        "签名 `{found}` 有 {len} 字节；应为 HMAC-SHA1 的 20 字节",
    ),
    (
        "the policy is not UTF-8 at offset {at}; expected JSON in UTF-8",
        "上传策略在偏移 {at} 处不是 UTF-8；应为 UTF-8 编码的 JSON",
    ),
    (
        "the policy `{found}` is not JSON ({reason}); expected an object with `scope` and `deadline`",
        "上传策略 `{found}` 不是 JSON（{reason}）；应为带有 `scope` 和 `deadline` 的对象",
    ),
    (
        "the policy is `{found}`; expected a JSON object with `scope` and `deadline`",
        "上传策略是 `{found}`；应为带有 `scope` 和 `deadline` 的 JSON 对象",
    ),
    (
        "`{field}` occurs more than once, last as `{found}`; expected once",
        "`{field}` 出现了不止一次，最后一次是 `{found}`；应只出现一次",
    ),
    ("`{field}` is `{found}`; expected the number without quotes", "`{field}` 是 `{found}`；数字不应加引号"),
    ("`{field}` is `{found}`; expected {expected}", "`{field}` 是 `{found}`；应为{expected}"),
    ("`{field}` is missing; expected in every policy", "缺少 `{field}`；每个上传策略都应有它"),
    (
        "`deadline` is `{found}`, which is milliseconds; expected seconds since 1970, ten digits",
        "`deadline` 是 `{found}`，用的是毫秒；应为 10 位的 Unix 时间戳（秒）",
    ),
    ("the key in `scope` has {len} bytes; expected at most {limit}", "`scope` 中的 key 有 {len} 字节；应不超过 {limit} 字节"),
    ("`{field}` is given without `{needs}`; expected both or none", "有 `{field}` 而没有 `{needs}`；二者应同时给出或都不给"),
    ("`{field}` and `{other}` are both given; expected one of them", "`{field}` 和 `{other}` 都给出了；应只给其中一个"),
    ("there is nothing wrong with it", "没有问题"),
    ("a put policy instead of a request", "上传策略，而不是请求"),
    ("the signature is not that of this policy and secret", "签名与该 policy 和密钥不符"),
];
