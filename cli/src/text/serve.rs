//! The sentences on the service for uploads.

use crate::trouble::ServeTrouble;
use std::net::SocketAddr;

/// The sentences of a language.
pub trait ServeWords {
    fn serve_trouble(&self, trouble: &ServeTrouble) -> String;
    fn serve_remedy(&self, trouble: &ServeTrouble) -> Option<String>;
    /// Where the page is, and where uploads go.
    fn serving(&self, address: SocketAddr, storage: &str) -> String;
    /// Where the playground is.
    fn serving_playground(&self, address: SocketAddr) -> String;
    /// It ends, and finishes what it has begun.
    fn stopping(&self) -> &'static str;
    /// Types that may be uploaded and run as programs in a browser, and what to do about them.
    fn active_types(&self, types: &[&str]) -> (String, String);
    /// Uploads in parts that were begun cannot be resumed when it is started again, and what to do about that.
    fn tickets_end(&self) -> &'static str;
    /// A token for a user, and the line for the file.
    fn fresh_token(&self, token: &str, hash: &str) -> String;
}
