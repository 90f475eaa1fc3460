//! Many workers, one order: chunks go round all cores and come back in the order of the input. Channels are bounded, so memory is too.

use std::io;
use std::num::NonZero;
use std::sync::mpsc::sync_channel;
use std::thread;

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

/// Which side stopped.
#[derive(Debug)]
pub(crate) enum Stopped {
    Input(io::Error),
    Output(io::Error),
}
