//! The verifying side of `s3s`. Its signature code is not public, so its whole service is called with a storage that
//! does nothing: reading the operation and writing the answer are in its time.

use countersign_bench::inputs::{ID, SECRET};
use futures::executor::block_on;
use s3s::{
    Body, HttpRequest, S3, S3Request, S3Response, S3Result,
    auth::SimpleAuth,
    dto::{GetObjectInput, GetObjectOutput},
    host::SingleDomain,
    post_policy::PostPolicy,
    service::S3ServiceBuilder,
};

struct Nothing;

#[async_trait::async_trait]
impl S3 for Nothing {
    async fn get_object(&self, _: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        Ok(S3Response::new(GetObjectOutput::default()))
    }
}

/// Whether the service of `s3s` lets a download by.
pub fn s3s_verify(url: &str) -> impl FnMut() -> bool + use<> {
    let mut service = S3ServiceBuilder::new(Nothing);
    service.set_auth(SimpleAuth::from_single(ID, SECRET));
    service.set_host(SingleDomain::new("s3.us-east-1.amazonaws.com").expect("a sound domain"));
    let service = service.build();
    let url: http::Uri = url.parse().expect("a sound URL");
    let host = url.host().expect("it has a host").to_owned();
    let request = http::Request::builder().uri(url).header("host", host);
    let parts = request.body(()).expect("a sound request").into_parts().0;
    move || {
        let request = HttpRequest::from_parts(parts.clone(), Body::empty());
        block_on(service.call(request)).expect("an answer").status().is_success()
    }
}

/// How many conditions `s3s` reads in a policy. It judges no form outside its service.
pub fn s3s_policy(policy: &'static str) -> impl FnMut() -> usize {
    move || PostPolicy::from_json(policy).expect("a sound policy").conditions.len()
}
