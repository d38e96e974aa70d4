//! Which operation of the JSON API needs which kind of signature.
//!
//! Follows the table of scenarios and the syntax blocks of the COS JSON API product document (2016).

use crate::phrase::words;

/// An operation of the JSON API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// Download from a bucket that anyone may read.
    PublicDownload,
    /// Download from a bucket with token protection.
    ProtectedDownload,
    /// Upload in one piece.
    Upload,
    /// Upload in slices: init, data, finish and list.
    UploadSlice,
    /// Ask for the attributes of a file or directory.
    Stat,
    /// List a directory.
    List,
    /// Create a directory.
    Create,
    /// Delete a file or directory.
    Delete,
    /// Change attributes.
    Update,
    /// Move or rename a file.
    Move,
    /// Copy a file.
    Copy,
}

/// What kind of signature an operation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// None is looked at.
    Nothing,
    /// One that can be used several times.
    Multi,
    /// One that can be used once, for the file named in it.
    Once,
    /// The document contradicts itself: its syntax says once, its sample shows multi.
    Either,
}

impl Operation {
    /// All operations.
    pub const ALL: [Self; 11] = [
        Self::PublicDownload,
        Self::ProtectedDownload,
        Self::Upload,
        Self::UploadSlice,
        Self::Stat,
        Self::List,
        Self::Create,
        Self::Delete,
        Self::Update,
        Self::Move,
        Self::Copy,
    ];

    /// The kind of signature it needs.
    ///
    /// ```
    /// use countersign::providers::cos::json::{Needs, Operation};
    ///
    /// assert_eq!(Operation::Delete.needs(), Needs::Once);
    /// assert_eq!(Operation::from_op("upload_slice_data").map(Operation::needs), Some(Needs::Multi));
    /// assert_eq!(Operation::from_op("remove"), None);
    /// ```
    #[must_use]
    pub const fn needs(self) -> Needs {
        match self {
            Self::PublicDownload => Needs::Nothing,
            Self::ProtectedDownload | Self::Upload | Self::UploadSlice | Self::Stat | Self::List | Self::Create => Needs::Multi,
            Self::Delete | Self::Update | Self::Move => Needs::Once,
            Self::Copy => Needs::Either,
        }
    }

    /// The operation a request names in `op`. Downloads name none.
    #[must_use]
    pub fn from_op(op: &str) -> Option<Self> {
        Some(match op {
            "upload" => Self::Upload,
            "upload_slice_init" | "upload_slice_data" | "upload_slice_finish" | "upload_slice_list" => Self::UploadSlice,
            "stat" => Self::Stat,
            "list" => Self::List,
            "create" => Self::Create,
            "delete" => Self::Delete,
            "update" => Self::Update,
            "move" => Self::Move,
            "copy" => Self::Copy,
            _ => return None,
        })
    }

    /// The name in messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PublicDownload => words!("a public download"),
            Self::ProtectedDownload => words!("a protected download"),
            Self::Upload => "`upload`",
            Self::UploadSlice => "`upload_slice`",
            Self::Stat => "`stat`",
            Self::List => "`list`",
            Self::Create => "`create`",
            Self::Delete => "`delete`",
            Self::Update => "`update`",
            Self::Move => "`move`",
            Self::Copy => "`copy`",
        }
    }
}
