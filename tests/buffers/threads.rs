//! One signer for many threads: each of their signatures is the one a single thread makes.

use crate::{NOW, who};
use countersign::{Request, Signer, Terms, presign, providers::s3};

#[test]
fn threads_that_share_a_key_get_the_signatures_of_one() {
    let signer = Signer::new(&s3::V4_URL, who());
    let url = "https://photos.s3.us-east-1.amazonaws.com/a.jpg";
    // More scopes than are kept, so that they push each other out.
    let regions: Vec<String> = (0..12).map(|number| format!("us-east-{number}")).collect();
    let terms = |region| Terms::at(NOW).region(region).expires_in(900);
    let request = || Request::new("GET", url).unwrap();
    let right: Vec<String> =
        regions.iter().map(|region| presign(&s3::V4_URL, &request(), &who(), &terms(region)).unwrap()).collect();
    std::thread::scope(|scope| {
        for first in 0..4 {
            let (signer, right, regions) = (signer.clone(), &right, &regions);
            scope.spawn(move || {
                for turn in 0..2_000 {
                    let at = (first * 5 + turn * 7) % regions.len();
                    assert_eq!(signer.presign(&request(), &terms(&regions[at])).unwrap(), right[at]);
                }
            });
        }
    });
}
