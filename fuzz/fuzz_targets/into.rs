//! What is written into a buffer is what the call that gives it says, and where one refuses, the other does.
#![no_main]

use countersign::{Credentials, Request, SecretKey, Signer, Terms, Timestamp, providers};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str, Vec<(&str, &[u8])>, Option<u32>, Option<&str>)| {
    let (number, path, headers, life, region) = input;
    let schemes: Vec<_> = providers::schemes().collect();
    let scheme = schemes[usize::from(number) % schemes.len()];
    let url = format!("https://photos.oss-cn-hangzhou.aliyuncs.com/{path}");
    let Ok(request) = Request::new("PUT", &url) else { return };
    let request = headers.iter().fold(request, |request, (name, value)| request.header(name, *value));
    let mut terms = Terms::at(Timestamp::from_unix(1_777_624_380)).bucket("photos");
    terms.region = region;
    terms.expires_in = life.map(u64::from);
    let signer = Signer::new(scheme, Credentials::new("CSIDEXAMPLE0001", SecretKey::new("madeUpSecretForFuzzing")));

    let mut taken = Vec::new();
    let written = signer.sign_into(&request, &terms, |name, value| taken.push((name.to_owned(), value.to_vec())));
    match signer.sign(&request, &terms) {
        Ok(signed) => {
            assert!(written.is_ok());
            let given: Vec<_> =
                signed.headers.iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
            assert_eq!(taken, given);
        }
        Err(error) => assert_eq!(format!("{:?}", written.err()), format!("{:?}", Some(error))),
    }

    let mut url = Vec::new();
    let written = signer.presign_into(&request, &terms, &mut url);
    match signer.presign(&request, &terms) {
        Ok(signed) => assert!(written.is_ok() && url == signed.as_bytes()),
        Err(error) => assert!(url.is_empty() && format!("{:?}", written.err()) == format!("{:?}", Some(error))),
    }
});
