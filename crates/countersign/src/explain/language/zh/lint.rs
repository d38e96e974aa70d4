//! Advice about policies.

use super::Pair;

pub(super) static PHRASES: &[Pair] = &[
    ("`{what}` lets anybody replace the uploaded object afterwards", "`{what}` 允许任何人在上传之后覆盖该对象"),
    ("demand `private`, or `public-read` if everybody may read it", "要求 `private`；如果允许所有人读取，则要求 `public-read`"),
    (
        "no condition names the bucket, so the policy is good for every bucket the key may write to",
        "没有条件指定 Bucket，所以该 policy 对 AccessKey 有权写入的所有 Bucket 都有效",
    ),
    ("add `{\"bucket\": \"<name>\"}`", "添加 `{\"bucket\": \"<name>\"}`"),
    (
        "the form has no field for `{what}`; vendors refuse such a form, S3 at times even when the prefix is empty",
        "表单中没有 `{what}` 对应的表单域；厂商会拒绝这样的表单，S3 有时在前缀为空时也会拒绝",
    ),
    ("send the field, with an empty value if need be, or drop the condition", "发送该表单域，必要时值为空；或去掉这个条件"),
    ("no form meets all conditions on `{what}`", "没有表单能同时满足 `{what}` 的所有条件"),
    ("keep one of them; two exact values for one field cannot both hold", "只保留其中一个；同一表单域不可能等于两个不同的值"),
    ("this vendor demands a condition on `{what}`", "该厂商要求有 `{what}` 条件"),
    ("add `{\"{what}\": \"<value>\"}` with the value the form sends", "添加 `{\"{what}\": \"<value>\"}`，值与表单所发送的相同"),
    (
        "in an object the field is named without `$`: `{what}` is about a field that really begins with it",
        "在对象形式中表单域不写 `$`：`{what}` 指的是名称真以它开头的表单域",
    ),
    ("write `{\"key\": \"...\"}` or `[\"eq\", \"$key\", \"...\"]`", "写成 `{\"key\": \"...\"}` 或 `[\"eq\", \"$key\", \"...\"]`"),
    ("`{what}` names its zone in a way vendors do not document; S3 refuses it", "`{what}` 的时区写法不在厂商文档之列；S3 会拒绝"),
    ("convert it to UTC and end it in `Z`", "换算成 UTC 并以 `Z` 结尾"),
    ("the policy holds until `{what}`, but its signature ends before", "policy 到 `{what}` 才过期，而其签名在此之前就已失效"),
    ("sign again for each day, or let the policy end with the signature", "每天重新签名，或让 policy 与签名同时过期"),
    (
        "the policy holds until `{what}`, more than a day ahead; whoever copies what was made of it can upload until then",
        "policy 到 `{what}` 才过期，超过一天；在此之前，任何人复制了表单或凭证都可以上传",
    ),
    ("make a policy for each upload that ends after minutes", "每次上传各生成一个几分钟后过期的 policy"),
    ("the policy ended at `{what}`", "policy 已于 `{what}` 过期"),
    ("make a new one; check the clock of the machine that makes it", "重新生成；检查生成 policy 的机器的时钟"),
    (
        "`{what}` names no zone; S3 refuses it, and others may take it for a time hours away",
        "`{what}` 没有写时区；S3 会拒绝，其他厂商可能当作相差数小时的时间",
    ),
    (
        "write UTC and end it in `Z`: `toISOString()`, `strftime(\"%Y-%m-%dT%H:%M:%SZ\", gmtime())`",
        "写 UTC 并以 `Z` 结尾：`toISOString()`、`strftime(\"%Y-%m-%dT%H:%M:%SZ\", gmtime())`",
    ),
    (
        "the policy and the form spell `{what}` in different cases; this vendor's documents do not settle whether that matters",
        "policy 与表单中 `{what}` 的大小写不同；该厂商的文档没有说明是否区分大小写",
    ),
    ("spell it as the vendor's page does in both", "两处都按厂商文档的写法"),
    (
        "the value of `{what}` is longer than 4 KiB, the limit in older documents of this vendor (newer ones say 2 MiB)",
        "`{what}` 的值超过 4 KiB，这是该厂商旧文档中的上限（新文档为 2 MiB）",
    ),
    ("keep it shorter, or test against the endpoint in use", "缩短它，或在实际使用的 Endpoint 上测试"),
    ("`{what}` occurs more than once, and which one counts is not documented", "`{what}` 出现了不止一次，文档没有说明以哪个为准"),
    ("send it once", "只发送一次"),
    (
        "no condition covers `{what}`; the server answers 403 for a field nobody allowed",
        "没有条件涵盖 `{what}`；对未获允许的表单域，服务端会返回 403",
    ),
    (
        "add `[\"starts-with\", \"${what}\", \"\"]`, or do not send the field",
        "添加 `[\"starts-with\", \"${what}\", \"\"]`，或不发送它",
    ),
    (
        "`{what}` is compared after `${filename}` was replaced by the file's name, so it never matches",
        "`{what}` 在 `${filename}` 被替换成文件名之后才比较，所以永远不会匹配",
    ),
    ("use `starts-with` with what stands before `${filename}`", "用 `starts-with`，值为 `${filename}` 之前的部分"),
    (
        "`{what}` also allows keys of others whose names merely begin alike: `user/eric` allows `user/erica/...`",
        "`{what}` 也允许名称开头恰好相同的其他用户的对象键：`user/eric` 允许 `user/erica/...`",
    ),
    ("end the prefix in `/`", "前缀以 `/` 结尾"),
    (
        "the form may name any key, so it can replace every object of the bucket",
        "表单可以指定任意对象键，因此能够覆盖 Bucket 中的任何对象",
    ),
    (
        "demand a prefix of the user's own: `[\"starts-with\", \"$key\", \"user/<id>/\"]`",
        "要求使用用户自己的前缀：`[\"starts-with\", \"$key\", \"user/<id>/\"]`",
    ),
    ("`{what}` allows no value at all", "`{what}` 不允许任何值"),
    ("list at least one value", "至少列出一个值"),
    (
        "`{what}` names its field without `$`; the condition fails whatever the form holds",
        "`{what}` 的表单域没有写 `$`；无论表单内容如何，该条件都不成立",
    ),
    ("write `\"$<field>\"` as the second item", "第二项写成 `\"$<field>\"`"),
    (
        "nothing limits the size of the upload; a form can store gigabytes at your expense",
        "没有限制上传的大小；一个表单就可以存入数 GB，费用由你承担",
    ),
    (
        "nothing limits the size of the upload; a token can store gigabytes at your expense",
        "没有限制上传的大小；一个凭证就可以存入数 GB，费用由你承担",
    ),
    ("add `\"{what}\": <most bytes>`", "添加 `\"{what}\": <most bytes>`"),
    ("`{what}` is no documented field of a put policy, and has no effect", "`{what}` 不是文档中的上传策略字段，不起作用"),
    ("spell it as it is documented, or remove it", "按文档拼写，或将它删去"),
    ("add `[\"content-length-range\", 1, <most bytes>]`", "添加 `[\"content-length-range\", 1, <most bytes>]`"),
    (
        "`{what}` compares a prefix or a list, but this vendor documents exact comparison alone for the field",
        "`{what}` 比较的是前缀或列表，而该厂商的文档对这个表单域只写了精确匹配",
    ),
    ("use `eq` with the whole value", "用 `eq` 加完整的值"),
    ("`{what}` allows no size", "`{what}` 不允许任何大小"),
    ("write the smaller number first, both as whole numbers of bytes", "先写较小的数，两个数都是整数字节数"),
    (
        "`{what}` sends the browser on over plain HTTP: bucket, key and ETag can be read on the way, and a page over HTTPS is \
         left",
        "`{what}` 会让浏览器经明文 HTTP 跳转：途中可以读到 Bucket、对象键和 ETag，页面也离开了 HTTPS",
    ),
    ("use `https://`", "使用 `https://`"),
    ("`{what}` lets the form choose where the browser goes after the upload", "`{what}` 让表单决定上传之后浏览器跳转到哪里"),
    ("demand the address, or at least its origin with the slash behind it", "要求完整的地址，或至少要求其源（origin）加斜杠"),
    (
        "the credential names another day than `{what}`; the key is made for one day",
        "credential 写的不是 `{what}` 这一天；派生签名密钥只对一天有效",
    ),
    ("make both from one time, in UTC", "二者取自同一个 UTC 时间"),
    (
        "no condition covers `{what}`, which a V4 signature must have covered; the server answers `Extra input fields: {what}`",
        "没有条件涵盖 `{what}`，而 V4 签名要求必须涵盖；服务端会返回 `Extra input fields: {what}`",
    ),
    (
        "add `{\"{what}\": \"<the value of the field>\"}` to the policy before it is signed",
        "签 policy 之前添加 `{\"{what}\": \"<the value of the field>\"}`",
    ),
    ("`{what}` is none of 200, 201 and 204; the server answers 204 then", "`{what}` 不是 200、201 或 204；服务端会返回 204"),
    ("use 200, 201 or 204", "使用 200、201 或 204"),
    ("`{what}` is no member of a policy and has no effect; S3 refuses it", "`{what}` 不是 policy 的成员，不起作用；S3 会拒绝"),
    ("remove it; conditions belong into `conditions`", "去掉它；条件要写在 `conditions` 中"),
];
