//! Signatures of the JSON API of COS.

use super::{Made, ends, signer};
use crate::{
    args::{self, Token},
    input::Source,
    report::curl::Curl,
    trouble::{Placeholder, Trouble},
    verbs::setting::Setting,
};
use countersign::{
    Scheme,
    providers::cos::json::{Decoded, Expiry, File, Grant},
    wire::percent,
};

pub(super) fn make(args: &Token, scheme: &'static dyn Scheme, setting: &Setting<'_>) -> Result<Made, Trouble> {
    let options = &args.grant;
    let policy = args.policy.policy.as_ref().map(|_| "--policy");
    if let Some(option) = args.policy.given().or(policy) {
        return Err(Trouble::ForeignOption { option, scheme: scheme.id() });
    }
    let is_once = scheme.id() == "cos-json-once";
    if options.once && !is_once {
        return Err(Trouble::ForeignOption { option: "--once", scheme: scheme.id() });
    }
    let needed = |option| Trouble::OptionNeeded { option, scheme: scheme.id() };
    let appid = options.appid.ok_or_else(|| needed("--appid"))?;
    let bucket = setting.common.bucket.as_deref().ok_or_else(|| needed("--bucket"))?;
    let end = (!is_once).then(|| ends(args, setting));
    let random = match options.random {
        Some(random) => random,
        None => getrandom::u32().map_err(Trouble::Random)?.into(),
    };
    let mut grant = Grant::new(appid, bucket, end.map_or(Expiry::Once, Expiry::At), setting.at, random);
    let path = options.fileid.as_deref().map(|fileid| in_bucket(fileid, appid, bucket));
    grant = grant.file(match path {
        None => File::Any,
        Some(path) if options.bare => File::Bare(path),
        Some(path) => File::Object(path),
    });
    if let Some(args::FieldOrder(order)) = options.field_order {
        grant = grant.order(order);
    }
    let who = signer(args, scheme, &Source::Argument, setting)?;
    let token = grant.sign(&who).map_err(Trouble::Grant)?;
    // What was signed travels in the token.
    let original = Decoded::parse(token.as_bytes()).ok().map(|decoded| decoded.original);
    Ok(Made {
        scheme,
        policy: None,
        original: original.map(|text| String::from_utf8_lossy(&text).into_owned()),
        ends: end,
        curl: args.curl.then(|| command(&token, &grant, path, setting)),
        token,
    })
}

/// The path in the bucket, of which the documents always write the whole `/appid/bucket/path`.
fn in_bucket<'f>(fileid: &'f str, appid: u64, bucket: &str) -> &'f str {
    let rest = fileid.strip_prefix(&format!("/{appid}/{bucket}"));
    rest.filter(|path| path.starts_with('/')).unwrap_or(fileid)
}

/// An upload, which a signature for several uses is for; else what is done to a file once.
fn command(token: &str, grant: &Grant<'_>, path: Option<&str>, setting: &Setting<'_>) -> Curl {
    let region = setting.common.region.as_deref();
    let path_text = path.map(|path| {
        let escaped = percent::encoded(path.strip_prefix('/').unwrap_or(path).as_bytes(), &percent::PATH);
        String::from_utf8_lossy(&escaped).into_owned()
    });
    let url = format!(
        "https://{}.file.myqcloud.com/files/v2/{}/{}/{}",
        region.unwrap_or(Placeholder::Region.as_str()),
        grant.appid,
        grant.bucket,
        path_text.as_deref().unwrap_or(Placeholder::Path.as_str()),
    );
    let mut curl = match grant.expiry {
        Expiry::Once => {
            let operation = format!("{{\"op\":\"{}\"}}", Placeholder::Operation.as_str());
            Curl::form(&url, &[]).json(&operation).stands_for(Placeholder::Operation)
        }
        _ => Curl::form(&url, &[("op", "upload")]).file("filecontent", None, None),
    };
    curl = curl.header("Authorization", token);
    if path.is_none() {
        curl = curl.stands_for(Placeholder::Path);
    }
    if region.is_none() {
        curl = curl.stands_for(Placeholder::Region);
    }
    curl
}

#[cfg(test)]
mod tests {
    use super::in_bucket;

    #[test]
    fn a_whole_fileid_is_cut_to_its_path() {
        for (fileid, path) in [
            ("/200001/newbucket/dir/a.jpg", "/dir/a.jpg"),
            ("/200001/newbucket/", "/"),
            ("/200001/newbucket//a", "//a"),
            ("/200001/newbuckets/a", "/200001/newbuckets/a"),
            ("/200001/newbucket", "/200001/newbucket"),
            ("dir/a.jpg", "dir/a.jpg"),
        ] {
            assert_eq!(in_bucket(fileid, 200_001, "newbucket"), path);
        }
    }
}
