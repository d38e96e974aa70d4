//! A query string, cut into its parameters whenever they are asked for: that takes the least code.

use super::{Params, params};

/// A query string as it stands in the URL.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Query<'a>(Option<&'a [u8]>);

impl<'a> Query<'a> {
    pub(crate) const fn cut(raw: Option<&'a [u8]>) -> Self {
        Self(raw)
    }

    pub(crate) const fn raw(&self) -> Option<&'a [u8]> {
        self.0
    }

    /// Whether a parameter of this name may be there: nothing is known of names.
    pub(crate) const fn may_have(&self, _: &str) -> bool {
        self.0.is_some()
    }

    pub(crate) const fn may_have_in_any_case(&self, name: &str) -> bool {
        self.may_have(name)
    }

    /// The parameters in order.
    pub(crate) fn params(&self) -> Params<'a> {
        params(self.0.unwrap_or_default())
    }
}
