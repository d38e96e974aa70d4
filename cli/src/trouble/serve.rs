//! What keeps the service for uploads from starting.

use countersign_serve::{ListenFault, PolicyFault};
use std::{io, net::SocketAddr, path::PathBuf};

/// Why it does not start.
#[derive(Debug)]
pub enum ServeTrouble {
    /// What is wrong with the upload policy.
    Policy(PathBuf, PolicyFault),
    /// A user in the variable; or there are none at all.
    User(PolicyFault),
    /// Neither a policy nor a package is given.
    Nothing,
    /// An entry of the variable is not `USER=TOKEN`; its place, counted from 1.
    TokenEntry(usize),
    /// The key for tickets in the variable is shorter than this many bytes.
    TicketKey(usize),
    /// The folder of the package has no such file.
    Package(PathBuf),
    Address(ListenFault),
    /// The address is not to be had, or failed.
    Listen(SocketAddr, io::Error),
}
