//! The header fields of a request, most of which have few.

use crate::wire::header::Header;
use alloc::vec::Vec;

/// Header fields, borrowed or owned. `Cow` would make the request invariant in its lifetime.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "what is held here is held without an allocation; on 32 bits it is small")]
pub(super) enum Fields<'a> {
    Borrowed(&'a [Header<'a>]),
    Few(usize, [Header<'a>; FEW]),
    Owned(Vec<Header<'a>>),
}

/// So many fields are held without an allocation.
const FEW: usize = 8;

impl<'a> Fields<'a> {
    pub(super) fn as_slice(&self) -> &[Header<'a>] {
        match self {
            Self::Borrowed(fields) => fields,
            Self::Few(count, fields) => fields.get(..*count).unwrap_or_default(),
            Self::Owned(fields) => fields,
        }
    }

    pub(super) fn push(&mut self, field: Header<'a>) {
        match self {
            Self::Owned(fields) => fields.push(field),
            Self::Few(count, fields) if *count < FEW => {
                fields.iter_mut().skip(*count).take(1).for_each(|place| *place = field);
                *count += 1;
            }
            Self::Borrowed([]) => *self = Self::Few(1, [field; FEW]),
            Self::Borrowed(_) | Self::Few(..) => *self = Self::Owned([self.as_slice(), &[field]].concat()),
        }
    }
}
