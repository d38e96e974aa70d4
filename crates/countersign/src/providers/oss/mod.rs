//! Alibaba Cloud OSS.

pub mod callback;
#[cfg(feature = "verify")]
mod causes;
mod hosts;
mod post;
mod rtmp;
mod v1;
mod v4;

#[cfg(feature = "verify")]
pub(crate) use causes::{CAUSES, EXPLAIN_BODY, IDS, SAYINGS};
pub(crate) use hosts::HOSTS;
pub use post::{POST_V1, POST_V4};
pub use rtmp::RTMP_URL;
pub use v1::{V1_HEADER, V1_URL};
pub use v4::{V4_HEADER, V4_URL};

use super::Provider;
use crate::phrase::words;

/// Alibaba Cloud OSS.
pub static PROVIDER: Provider = Provider {
    id: "oss",
    name: words!("Alibaba Cloud OSS"),
    schemes: &[&V1_HEADER, &V1_URL, &V4_HEADER, &V4_URL, &POST_V1, &POST_V4, &RTMP_URL],
    regions: &[
        "cn-hangzhou",
        "cn-shanghai",
        "cn-beijing",
        "cn-shenzhen",
        "cn-qingdao",
        "cn-zhangjiakou",
        "cn-huhehaote",
        "cn-wulanchabu",
        "cn-heyuan",
        "cn-guangzhou",
        "cn-chengdu",
        "cn-nanjing",
        "cn-fuzhou",
        "cn-hongkong",
        "ap-southeast-1",
        "ap-southeast-3",
        "ap-southeast-5",
        "ap-southeast-6",
        "ap-southeast-7",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-south-1",
        "us-west-1",
        "us-east-1",
        "eu-central-1",
        "eu-west-1",
        "me-east-1",
    ],
};
