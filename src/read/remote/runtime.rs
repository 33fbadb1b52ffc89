//! The threads that talk to the network.

use std::future::Future;
use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

/// They pass bytes on and undo TLS; whoever reads has threads of its own.
const THREADS: usize = 2;

static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();

/// Waits for an answer.
///
/// The threads that read may all wait at once: what they wait for runs on others.
pub(super) fn wait<F: Future>(answer: F) -> io::Result<F::Output> {
    match RUNTIME.get_or_init(start) {
        Ok(runtime) => Ok(runtime.block_on(answer)),
        Err(error) => Err(io::Error::new(error.kind(), "threads for the network cannot be started")),
    }
}

/// Chooses what TLS is made with, before a client is made.
pub(super) fn choose_tls() {
    // It fails where there is one already, which does as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn start() -> io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(THREADS).thread_name("network").enable_all().build()
}
