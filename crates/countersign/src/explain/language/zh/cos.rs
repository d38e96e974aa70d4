//! Signatures of the JSON API of COS.

use super::Pair;

pub(super) static PHRASES: &[Pair] = &[
    (
        "the signature holds `{found}` at offset {at}; expected Base64 with `+` and `/` and no line breaks",
        "签名中偏移 {at} 处是 `{found}`；应为含 `+` 和 `/`、不含换行的 Base64",
    ),
    ("the signature is cut off: no Base64 has {len} characters", "签名被截断：Base64 不可能有 {len} 个字符"),
    (
        "the signature holds {len} bytes; expected 20 of MAC and the fields behind them",
        "签名有 {len} 字节；应为 20 字节的 MAC 及其后的字段",
    ),
    ("the MAC has {found} bytes; expected the 20 of HMAC-SHA1", "MAC 有 {found} 个字节；应为 HMAC-SHA1 的 20 个字节"),
    ("the MAC stands there in 40 hexadecimal digits; expected its 20 bytes", "MAC 写成了 40 位十六进制；应为它的 20 个字节"),
    ("`{name}={value}` is no field of this signature", "`{name}={value}` 不是该签名的字段"),
    (
        "`{field}` occurs twice, the second time as `{second}`; expected once",
        "`{field}` 出现两次，第二次是 `{second}`；应只出现一次",
    ),
    ("`{field}` is missing", "缺少 `{field}`"),
    ("`{field}` is empty", "`{field}` 为空"),
    ("`{field}` is `{found}`; expected decimal digits", "`{field}` 是 `{found}`；应为十进制数字"),
    (
        "`{field}` is `{found}`, {digits} digits; expected seconds since 1970, 10 digits and no milliseconds",
        "`{field}` 是 `{found}`，共 {digits} 位；应为 10 位的 Unix 时间戳（秒），而不是毫秒",
    ),
    ("`r` is `{found}`, {digits} digits; expected at most 10", "`r` 是 `{found}`，共 {digits} 位；应不超过 10 位"),
    (
        "`e` is {expiry}, not after `t`, {issued_at}; expected the time of the end and not a period",
        "`e` 是 {expiry}，不晚于 `t`（{issued_at}）；应为截止时间，而不是时长",
    ),
    ("sign it again within this limit", "在此限制之内重新签名"),
    (
        "the life from `t` to `e` is {seconds} seconds; expected at most {limit}",
        "从 `t` 到 `e` 的有效期是 {seconds} 秒；应不超过 {limit} 秒",
    ),
    ("`f` is empty in a signature for one use; expected the file it is for", "单次有效签名中 `f` 为空；应为它所针对的文件"),
    ("`f` is `{file}`; expected it to start with `{expected}`", "`f` 是 `{file}`；应以 `{expected}` 开头"),
    ("`b` is `{found}`; expected `{expected}` without the appid", "`b` 是 `{found}`；应为不带 APPID 的 `{expected}`"),
    (
        "{operation} needs a signature for several uses; found `e=0`, a signature for one",
        "{operation}需要多次有效签名；这里是 `e=0`，即单次有效签名",
    ),
    (
        "{operation} needs a signature for one use, `e=0`; found `e={expiry}`",
        "{operation}需要单次有效签名，即 `e=0`；这里是 `e={expiry}`",
    ),
    ("a signature for one use names no file; expected the file it is for", "单次有效签名没有指定文件；应为它所针对的文件"),
    ("the path of the file is empty; expected one such as `/dir/a.jpg`", "文件路径为空；应形如 `/dir/a.jpg`"),
    ("a life of {seconds} seconds is not accepted; expected at most {limit}", "不接受 {seconds} 秒的有效期；应不超过 {limit} 秒"),
    ("the end {expiry} is not after the time of signing {issued_at}", "截止时间 {expiry} 不晚于签名时间 {issued_at}"),
    (
        "the time {time} is not accepted; expected seconds since 1970, 10 digits and no milliseconds",
        "不接受时间 {time}；应为 10 位的 Unix 时间戳（秒），而不是毫秒",
    ),
    ("the random number {random} is too long; expected at most 10 digits", "随机数 {random} 太长；应不超过 10 位"),
    (
        "the bucket `{name}` cannot be written; expected letters, digits and `-`",
        "无法写入存储桶名 `{name}`；应只含字母、数字和 `-`",
    ),
    ("the secret id cannot be written; expected letters and digits", "无法写入 SecretId；应只含字母和数字"),
    ("a `cos::json::Grant`", "`cos::json::Grant`"),
    ("the text of the fields", "由各字段组成的文本"),
    ("the headers", "请求头"),
    ("with `/` left bare", "`/` 未编码"),
    ("with a blank left bare", "空格未编码"),
    ("a public download", "公有读下载"),
    ("a protected download", "私有读下载"),
];
