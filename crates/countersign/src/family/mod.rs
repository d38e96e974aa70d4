//! Shapes that several providers share. A provider names its constants; the text is written here.

pub(crate) mod authorization;
pub(crate) mod endpoint;
pub(crate) mod form;
pub(crate) mod lines;
pub(crate) mod marks;
pub(crate) mod v4;
