//! Listening, until it is told to stop.

use crate::fault::ListenFault;
use axum::Router;
use std::{io, net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, runtime, signal, sync::oneshot, time};

/// How long requests that were begun may take when the service stops.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Whether an address may be listened on. This service speaks no TLS.
///
/// # Errors
///
/// When others can reach the address, and no proxy stands before it that speaks TLS.
pub fn check_address(address: SocketAddr, behind_tls: bool) -> Result<(), ListenFault> {
    if address.ip().is_loopback() || behind_tls { Ok(()) } else { Err(ListenFault::Open(address)) }
}

/// Answers what a [`Service::router`](crate::Service::router) or the [`playground`](crate::playground) does, until Ctrl-C or a
/// request to terminate, then finishes what was begun.
///
/// `ready` is told the address that is listened on, `stopping` that it ends.
///
/// # Errors
///
/// When the address is not to be had, or listening fails.
pub fn run(address: SocketAddr, router: Router, ready: impl FnOnce(SocketAddr), stopping: impl FnOnce()) -> io::Result<()> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await?;
        ready(listener.local_addr()?);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            // An error means that the sender is gone, and there is nothing to wait for either.
            let _ = stopped.await;
        });
        let end = async {
            told_to_stop().await;
            stopping();
            let _ = stop.send(());
            time::sleep(LAST_REQUESTS).await;
        };
        tokio::select! {
            ended = server => ended,
            () = end => Ok(()),
        }
    })
}

/// Waits for Ctrl-C, or for the signal service managers send.
async fn told_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = signal::ctrl_c().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_listened_to_unless_a_proxy_speaks_tls() {
        for (text, is_open) in
            [("127.0.0.1:0", false), ("[::1]:0", false), ("0.0.0.0:0", true), ("[::]:0", true), ("192.0.2.1:80", true)]
        {
            let address: SocketAddr = text.parse().unwrap();
            assert_eq!(check_address(address, false).is_err(), is_open, "{text}");
            assert!(check_address(address, true).is_ok(), "{text}");
        }
    }
}
