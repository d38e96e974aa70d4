//! Why there is no answer, in English.

use super::En;
use crate::{
    input::FormFault,
    text::{FormWords, ServeWords, argument},
    trouble::{ProfileFault, SecretFault, Source, Trouble, option_for},
};
use countersign::{Carrier, DraftError, SignError, VerifyError};
use std::path::Path;

const INPUTS: &str = "expected a raw HTTP request, a URL, an `Authorization` value, a token or the fields of a form";

/// What happened, where, and what was expected.
pub(super) fn fact(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Directory(path) => format!("`{}` is a directory; expected a file", path.display()),
        Trouble::NoFile(path) => format!("there is no file `{}`", path.display()),
        Trouble::NoInput(path) => {
            format!("there is no file `{}`, and it is no URL, `Authorization` value or token either", path.display())
        }
        Trouble::Unreadable(source, error) => format!("{} cannot be read: {error}", place(source)),
        Trouble::Empty(source) => format!("{} is empty; {INPUTS}", place(source)),
        Trouble::NoError(source) => {
            format!("{} is empty; expected an error code, a message or a server's answer", place(source))
        }
        Trouble::NoErrorText(source) => {
            format!("{} is no text; expected an error code, a message or a server's answer", place(source))
        }
        Trouble::NotText(source, start) => {
            let start: Vec<String> = start.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{} is no text (its first bytes are {}); {INPUTS}", place(source), start.join(" "))
        }
        Trouble::TooLarge(source, limit) => {
            format!("{} is longer than {} MiB and no raw HTTP request", place(source), limit >> 20)
        }
        Trouble::NotRecognised(source, line) => format!("{} starts with `{line}`; {INPUTS}", place(source)),
        Trouble::MoreThanOne(source) => {
            format!("{} holds more than one thing; expected one request, URL, `Authorization` value or token", place(source))
        }
        Trouble::NotAToken(source, line) => {
            format!("{} holds tokens and the line `{line}`; expected a token on each line", place(source))
        }
        Trouble::Form(source, FormFault::NotJson(error)) => {
            format!("{} starts like JSON and is no JSON object ({error}); expected the fields of a form", place(source))
        }
        Trouble::Form(source, FormFault::NotFields) => {
            format!("{} is JSON without names and values; expected the fields of a form, or a HAR file", place(source))
        }
        Trouble::Form(source, FormFault::NotText(field)) => {
            format!("`{field}` in {} is not one text; expected the fields of a form", place(source))
        }
        Trouble::Token(source, error) => format!("{}: {error}", place(source)),
        Trouble::Http(source, error) => format!("{}: {error}", place(source)),
        Trouble::Url(source, error) => format!("{}: {error}", place(source)),
        Trouble::PolicyAlone(source) => {
            format!("{} is a policy alone; expected the form or token that it is for", place(source))
        }
        Trouble::AnswerAlone(source) => {
            format!("{} is a server's answer alone; expected the request it answers as well", place(source))
        }
        Trouble::SignedByCurl(source) => {
            format!("in {} `curl` makes the signature itself (`--aws-sigv4`): there is none to judge", place(source))
        }
        Trouble::OnePage(path) => format!("`{}` holds several requests, and a page shows one", path.display()),
        Trouble::NoSuchRequest(source, asked, count) => {
            let requests = if *count == 1 { "1 request" } else { &format!("{count} requests") };
            format!("{} has {requests} with a signature, and no number {asked}", place(source))
        }
        Trouble::HeaderAlone(source) => {
            format!(
                "{} is an `Authorization` value alone; expected the whole request, since that is what is signed",
                place(source)
            )
        }
        Trouble::NoRequest(source) => format!("{} is no request; expected raw HTTP or a URL", place(source)),
        Trouble::MethodTwice(source) => format!("`--method` goes with a URL, and {} has a verb of its own", place(source)),
        Trouble::TransportTwice(source) => {
            format!("`--transport` goes with a raw request, and {} is none", place(source))
        }
        Trouble::Callback(source) => format!("{} is a callback of OSS, which is signed with RSA", place(source)),
        Trouble::NoScheme => "the `Authorization` header starts with no word for a scheme, like `OSS` or `AWS`".to_owned(),
        Trouble::NoSignature(None) => VerifyError::NoClaim.to_string(),
        Trouble::NoSignature(Some(word)) => {
            format!("the `Authorization` header starts with `{word}`, which is no scheme known here")
        }
        Trouble::OtherScheme(asked, own) => format!("there is no signature of `{asked}`; the one there is `{own}`"),
        Trouble::OtherProvider { scheme, provider, own } => {
            format!("`{scheme}` is no scheme of provider `{provider}`, but of `{own}`")
        }
        Trouble::Claim(error) => error.to_string(),
        Trouble::Sign(error) => error.to_string(),
        Trouble::NothingToSign { option, name } => format!("`{option}` names `{name}`, which the request does not have"),
        Trouble::NoMeaning { option, scheme } => format!("`{option}` has no meaning for `{scheme}`; expected a scheme of COS"),
        Trouble::SchemeNeeded(_) => "signing needs a scheme".to_owned(),
        Trouble::UnsuitableScheme { scheme, carrier, .. } => {
            format!("`{scheme}` puts its signature into {}; expected another scheme", carrier.as_str())
        }
        Trouble::NoForm(scheme, source) => {
            format!("`{scheme}` signs a form, and {} is none; expected the fields of a form as a JSON object", place(source))
        }
        Trouble::NoTokens(provider) => format!("provider `{provider}` has no tokens; expected `kodo` or `cos`"),
        Trouble::ForeignOption { option, scheme } => format!("`{option}` is not for `{scheme}`"),
        Trouble::OptionNeeded { option, scheme } => format!("a token of `{scheme}` needs `{option}`"),
        Trouble::BesidePolicy(option) => {
            format!("`{option}` is given beside `--policy`, whose file is signed as it is; expected one of them")
        }
        Trouble::NoPrefix(scope) => {
            format!("`--prefix` is given and `--scope` is `{scope}`; expected a prefix behind the bucket, like `{scope}:2026/`")
        }
        Trouble::Policy(source, problems) => {
            let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
            let place = source.as_ref().map(|source| format!("{}: ", place(source))).unwrap_or_default();
            format!("{place}{}", problems.join("; "))
        }
        Trouble::TooLong(source, limit) => {
            format!("{} is longer than {} KiB; expected a policy", place(source), limit >> 10)
        }
        Trouble::Grant(error) => error.to_string(),
        Trouble::Random(error) => format!("the system gives no random number: {error}"),
        Trouble::Region(region, _) => format!("no upload host is known for region `{region}`"),
        Trouble::NoSecret(names) => format!("there is no secret: {} set", none_of(names)),
        Trouble::NoId => "the secret says nothing of its access key id".to_owned(),
        Trouble::NoSecretFile => "the file that is to hold the secret is not there".to_owned(),
        Trouble::IdIsSecret => "the access key id holds the secret".to_owned(),
        Trouble::SecretFile(path, SecretFault::Empty) => format!("`{}` is empty; expected a secret", path.display()),
        Trouble::SecretFile(path, SecretFault::TooLong(limit)) => {
            format!("`{}` is longer than {} KiB; expected a secret", path.display(), limit >> 10)
        }
        Trouble::SecretFile(path, SecretFault::NotUtf16) => {
            format!("`{}` begins as UTF-16 and is damaged further on; expected a secret, in UTF-8 at best", path.display())
        }
        Trouble::Profile(fault) => profile(fault),
        Trouble::Answer(path, error) => format!("`{}`: {error}", path.display()),
        Trouble::Upload(trouble) => En.form_trouble(trouble),
        Trouble::Serve(trouble) => En.serve_trouble(trouble),
        Trouble::Page(path, error) => format!("`{}` cannot be written: {error}", path.display()),
        Trouble::Write(error) => format!("the answer cannot be written: {error}"),
    }
}

/// What to do about it.
pub(super) fn remedy(trouble: &Trouble) -> Option<String> {
    Some(match trouble {
        Trouble::UnsuitableScheme { carrier: Carrier::Token, .. } => "`countersign token` makes one".to_owned(),
        Trouble::OptionNeeded { option: "--scope", .. } => {
            "give `--scope BUCKET[:KEY]`, or the whole policy with `--policy FILE`".to_owned()
        }
        Trouble::Region(_, known) => format!("known are {}", known.join(", ")),
        Trouble::Random(_) => "give one with `--random`".to_owned(),
        Trouble::SchemeNeeded(known) => format!("name it with `--scheme`: {}", known.join(", ")),
        Trouble::UnsuitableScheme { known, .. } => format!("schemes that suit: {}", known.join(", ")),
        Trouble::NoSecret(_) => "give `--secret-file FILE` or `--profile NAME`, or set one of these variables".to_owned(),
        Trouble::PolicyAlone(source) => {
            format!("`countersign decode {0}` reads it, and `countersign policy check {0}` judges it", argument(source))
        }
        Trouble::Callback(source) => format!("`countersign callback verify {} --public-key FILE` verifies it", argument(source)),
        Trouble::NothingToSign { option: "--signed-headers", name } => {
            format!("give it with `--header '{name}: VALUE'`, or leave it out")
        }
        Trouble::NothingToSign { .. } => "put it into the URL, or leave it out".to_owned(),
        Trouble::NoMeaning { option, .. } => format!("leave `{option}` out"),
        Trouble::Sign(SignError::ParamTaken(name)) => format!("take `{name}` out of the URL"),
        Trouble::NoSecretFile => "give the name of a file here, not the secret itself".to_owned(),
        Trouble::IdIsSecret => "give the id, which is public, in its place".to_owned(),
        Trouble::NoId => "give `--access-key-id ID`, or set COUNTERSIGN_ACCESS_KEY_ID".to_owned(),
        Trouble::OtherScheme(..) => "leave `--scheme` and `--provider` out to have it recognised".to_owned(),
        Trouble::AnswerAlone(_) => "give the request, and the answer with `--error FILE` or in the same text".to_owned(),
        Trouble::SignedByCurl(_) => "run it with `-v` and give what it prints".to_owned(),
        Trouble::OnePage(_) => "choose one with `--request N`".to_owned(),
        Trouble::MoreThanOne(_) => "give one of them".to_owned(),
        Trouble::HeaderAlone(_) => "`countersign decode` reads the value alone".to_owned(),
        Trouble::Sign(SignError::Terms(what)) => format!("give it with `{}`", option_for(what)?),
        Trouble::Sign(SignError::Draft(fault)) | Trouble::Claim(VerifyError::Draft(fault)) => match fault {
            DraftError::BucketNeeded => "name it with `--bucket`".to_owned(),
            DraftError::TransportNeeded => "name it with `--transport`".to_owned(),
            DraftError::BodyNeeded => "give the request as raw HTTP, with its body".to_owned(),
            _ => return None,
        },
        Trouble::Upload(trouble) => return En.form_remedy(trouble),
        Trouble::Serve(trouble) => return En.serve_remedy(trouble),
        Trouble::Profile(ProfileFault::Elsewhere { key: "mode", .. }) => {
            "put the temporary keys of the role into COS_SECRET_ID, COS_SECRET_KEY and COS_TOKEN".to_owned()
        }
        Trouble::Profile(ProfileFault::Elsewhere { name, .. }) => {
            format!(
                "`eval \"$(aws configure export-credentials --profile {name} --format env)\"` puts them into variables that are read here"
            )
        }
        Trouble::Profile(ProfileFault::InDatabase { name, .. }) => {
            format!(
                "`qshell user cu {name}` makes it the current account, if qshell has one of this name; or give `--secret-file`"
            )
        }
        Trouble::Profile(ProfileFault::Encrypted(_) | ProfileFault::NoFileFor(_) | ProfileFault::Malformed(_)) => {
            "put the secret into a file of its own and give `--secret-file`".to_owned()
        }
        _ => return None,
    })
}

pub(super) fn place(source: &Source) -> String {
    match source {
        Source::File(path) => format!("`{}`", path.display()),
        Source::StandardInput => "standard input".to_owned(),
        Source::Argument => "the argument".to_owned(),
    }
}

fn profile(fault: &ProfileFault) -> String {
    let shown = |path: &Path| path.display().to_string();
    match fault {
        ProfileFault::NoFileFor(known) => format!("no file with profiles is known for this provider; known are {known}"),
        ProfileFault::NoHome => "there is no home folder to look for profiles in; expected HOME to be set".to_owned(),
        ProfileFault::NoFile(paths) => {
            let paths: Vec<_> = paths.iter().map(|path| format!("`{}`", shown(path))).collect();
            format!("there is no file {}", paths.join(" or "))
        }
        ProfileFault::Unreadable(path, error) => format!("`{}` cannot be read: {error}", shown(path)),
        ProfileFault::Missing { file, name, known } if known.is_empty() => {
            format!("`{}` has no profile `{name}`, nor any other", shown(file))
        }
        ProfileFault::Missing { file, name, known } => {
            format!("`{}` has no profile `{name}`; it has {}", shown(file), known.join(", "))
        }
        ProfileFault::InDatabase { file, name, current } => format!(
            "`{}` holds the account `{current}`, not `{name}`; all but the current account stand in a database of qshell, which is not read here",
            shown(file)
        ),
        ProfileFault::Lacks { file, name, key } => format!("profile `{name}` of `{}` has no `{key}`", shown(file)),
        ProfileFault::Encrypted(path) => format!("`{}` is encrypted with a password; expected a plain file", shown(path)),
        ProfileFault::Elsewhere { file, name, key } => {
            format!(
                "profile `{name}` of `{}` takes its keys from elsewhere (`{key}`); no program is run and nobody asked",
                shown(file)
            )
        }
        ProfileFault::Malformed(path) => format!("`{}` is not in the form its tool writes", shown(path)),
    }
}

/// `A is not`, or `none of A, B is`.
fn none_of(names: &[&str]) -> String {
    match names {
        [one] => format!("{one} is not"),
        more => format!("none of {} is", more.join(", ")),
    }
}
