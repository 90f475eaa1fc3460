//! Many workers, one order: chunks go round all cores and come back in the order of the input. Channels are bounded, so memory is too.

use std::io;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use geras::definition::is_pathway;
use geras::source::Diagnostic;
use geras::{Instrument, Library};

/// Chunks that wait before a worker and behind it.
const WAITING: usize = 4;

/// Takes chunks until there are none, works on each on some core, and hands the results over in the order of the chunks.
///
/// # Errors
/// What `next` or `finish` says; then everything stops.
pub(crate) fn in_order<C: Send, D: Send>(
    mut next: impl FnMut() -> io::Result<Option<C>> + Send,
    work: impl Fn(C) -> D + Sync,
    mut finish: impl FnMut(D) -> io::Result<()>,
) -> Result<(), Stopped> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let (mut inboxes, mut outboxes) = (Vec::new(), Vec::new());
        for _ in 0..cores {
            let (give, take) = sync_channel::<C>(WAITING);
            let (done, collect) = sync_channel::<D>(WAITING);
            inboxes.push(give);
            outboxes.push(collect);
            let work = &work;
            // A worker ends when nothing comes any more, or when nobody wants its results.
            scope.spawn(move || take.into_iter().all(|chunk| done.send(work(chunk)).is_ok()));
        }
        let reader = scope.spawn(move || -> io::Result<()> {
            for inbox in inboxes.iter().cycle() {
                let Some(chunk) = next()? else { break };
                if inbox.send(chunk).is_err() {
                    break;
                }
            }
            Ok(())
        });
        // Chunk by chunk the same round as the reader's: the first worker without a result was the first to get no chunk.
        let written = outboxes.iter().cycle().map_while(|outbox| outbox.recv().ok()).try_for_each(&mut finish);
        drop(outboxes);
        let read = reader.join().unwrap_or_else(|_| Err(io::Error::other("the reader has stopped")));
        written.map_err(Stopped::Output).and_then(|()| read.map_err(Stopped::Input))
    })
}

/// Works on each of a few things on some core, whichever is free, and gives the results in the order of the things.
pub(crate) fn each<'t, T: Sync, R: Send>(all: &'t [T], work: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(all.len());
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = all.get(place) else { return done };
            done.push((place, work(one)));
        }
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        // A worker that panics takes the rest with it, as without workers.
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Reads a library, its instruments on all cores.
pub(crate) fn library(files: &[(&str, &str)]) -> (Library, Vec<Diagnostic>) {
    let (pathways, instruments): (Vec<_>, Vec<_>) = files.iter().copied().partition(|(_, text)| is_pathway(text));
    Library::assembled(each(&instruments, |(path, text)| Instrument::read(path, text)), pathways)
}

/// Which side stopped.
#[derive(Debug)]
pub(crate) enum Stopped {
    Input(io::Error),
    Output(io::Error),
}
