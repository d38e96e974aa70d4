//! What a person reads about a lint: one table. `{what}` is the place for its subject.

use crate::phrase::{Phrase, phrase};

/// The sentences for one lint.
pub(super) struct Sentences {
    pub(super) code: &'static str,
    /// Why it matters: one sentence, lower case, no full stop.
    pub(super) why: Phrase,
    /// What to do about it.
    pub(super) mend: Phrase,
}

const fn text(code: &'static str, why: Phrase, mend: Phrase) -> Sentences {
    Sentences { code, why, mend }
}

pub(super) static LINTS: &[Sentences] = &[
    text(
        "acl-lets-anyone-write",
        phrase!("`{what}` lets anybody replace the uploaded object afterwards"),
        phrase!("demand `private`, or `public-read` if everybody may read it"),
    ),
    text(
        "bucket-condition-missing",
        phrase!("no condition names the bucket, so the policy is good for every bucket the key may write to"),
        phrase!("add `{\"bucket\": \"<name>\"}`"),
    ),
    text(
        "condition-without-field",
        phrase!("the form has no field for `{what}`; vendors refuse such a form, S3 at times even when the prefix is empty"),
        phrase!("send the field, with an empty value if need be, or drop the condition"),
    ),
    text(
        "conditions-contradict",
        phrase!("no form meets all conditions on `{what}`"),
        phrase!("keep one of them; two exact values for one field cannot both hold"),
    ),
    text(
        "demanded-condition-missing",
        phrase!("this vendor demands a condition on `{what}`"),
        phrase!("add `{\"{what}\": \"<value>\"}` with the value the form sends"),
    ),
    text(
        "dollar-in-object",
        phrase!("in an object the field is named without `$`: `{what}` is about a field that really begins with it"),
        phrase!("write `{\"key\": \"...\"}` or `[\"eq\", \"$key\", \"...\"]`"),
    ),
    text(
        "expiration-not-utc",
        phrase!("`{what}` names its zone in a way vendors do not document; S3 refuses it"),
        phrase!("convert it to UTC and end it in `Z`"),
    ),
    text(
        "expiration-outlives-signature",
        phrase!("the policy holds until `{what}`, but its signature ends before"),
        phrase!("sign again for each day, or let the policy end with the signature"),
    ),
    text(
        "expiration-over-a-day-ahead",
        phrase!(
            "the policy holds until `{what}`, more than a day ahead; whoever copies what was made of it can upload until then"
        ),
        phrase!("make a policy for each upload that ends after minutes"),
    ),
    text(
        "expiration-passed",
        phrase!("the policy ended at `{what}`"),
        phrase!("make a new one; check the clock of the machine that makes it"),
    ),
    text(
        "expiration-without-zone",
        phrase!("`{what}` names no zone; S3 refuses it, and others may take it for a time hours away"),
        phrase!("write UTC and end it in `Z`: `toISOString()`, `strftime(\"%Y-%m-%dT%H:%M:%SZ\", gmtime())`"),
    ),
    text(
        "field-name-case",
        phrase!(
            "the policy and the form spell `{what}` in different cases; this vendor's documents do not settle whether that matters"
        ),
        phrase!("spell it as the vendor's page does in both"),
    ),
    text(
        "field-over-4-kib",
        phrase!("the value of `{what}` is longer than 4 KiB, the limit in older documents of this vendor (newer ones say 2 MiB)"),
        phrase!("keep it shorter, or test against the endpoint in use"),
    ),
    text(
        "field-repeated",
        phrase!("`{what}` occurs more than once, and which one counts is not documented"),
        phrase!("send it once"),
    ),
    text(
        "field-without-condition",
        phrase!("no condition covers `{what}`; the server answers 403 for a field nobody allowed"),
        phrase!("add `[\"starts-with\", \"${what}\", \"\"]`, or do not send the field"),
    ),
    text(
        "filename-in-policy",
        phrase!("`{what}` is compared after `${filename}` was replaced by the file's name, so it never matches"),
        phrase!("use `starts-with` with what stands before `${filename}`"),
    ),
    text(
        "key-prefix-without-slash",
        phrase!("`{what}` also allows keys of others whose names merely begin alike: `user/eric` allows `user/erica/...`"),
        phrase!("end the prefix in `/`"),
    ),
    text(
        "key-unrestricted",
        phrase!("the form may name any key, so it can replace every object of the bucket"),
        phrase!("demand a prefix of the user's own: `[\"starts-with\", \"$key\", \"user/<id>/\"]`"),
    ),
    text("list-empty", phrase!("`{what}` allows no value at all"), phrase!("list at least one value")),
    text(
        "name-without-dollar",
        phrase!("`{what}` names its field without `$`; the condition fails whatever the form holds"),
        phrase!("write `\"$<field>\"` as the second item"),
    ),
    text(
        "no-content-length-range",
        phrase!("nothing limits the size of the upload; a form can store gigabytes at your expense"),
        phrase!("add `[\"content-length-range\", 1, <most bytes>]`"),
    ),
    text(
        "no-fsize-limit",
        phrase!("nothing limits the size of the upload; a token can store gigabytes at your expense"),
        phrase!("add `\"{what}\": <most bytes>`"),
    ),
    text(
        "operator-not-for-field",
        phrase!("`{what}` compares a prefix or a list, but this vendor documents exact comparison alone for the field"),
        phrase!("use `eq` with the whole value"),
    ),
    text(
        "range-empty",
        phrase!("`{what}` allows no size"),
        phrase!("write the smaller number first, both as whole numbers of bytes"),
    ),
    text(
        "redirect-over-http",
        phrase!(
            "`{what}` sends the browser on over plain HTTP: bucket, key and ETag can be read on the way, and a page over HTTPS is left"
        ),
        phrase!("use `https://`"),
    ),
    text(
        "redirect-unrestricted",
        phrase!("`{what}` lets the form choose where the browser goes after the upload"),
        phrase!("demand the address, or at least its origin with the slash behind it"),
    ),
    text(
        "scope-date-differs",
        phrase!("the credential names another day than `{what}`; the key is made for one day"),
        phrase!("make both from one time, in UTC"),
    ),
    text(
        "signing-condition-missing",
        phrase!(
            "no condition covers `{what}`, which a V4 signature must have covered; the server answers `Extra input fields: {what}`"
        ),
        phrase!("add `{\"{what}\": \"<the value of the field>\"}` to the policy before it is signed"),
    ),
    text(
        "status-ignored",
        phrase!("`{what}` is none of 200, 201 and 204; the server answers 204 then"),
        phrase!("use 200, 201 or 204"),
    ),
    text(
        "unknown-field",
        phrase!("`{what}` is no documented field of a put policy, and has no effect"),
        phrase!("spell it as it is documented, or remove it"),
    ),
    text(
        "unknown-member",
        phrase!("`{what}` is no member of a policy and has no effect; S3 refuses it"),
        phrase!("remove it; conditions belong into `conditions`"),
    ),
];
