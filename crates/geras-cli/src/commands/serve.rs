//! `geras serve`: the assessor's app and the definitions of a folder, on this machine alone. Answers of people never come here: they stay in the browser.

use std::io::{Cursor, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::{fs, thread};

use clap::Args;
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use super::Desk;
use crate::failure::{Failure, Verdict};
use crate::live::Live;

/// Nothing but the page's own files; WebAssembly may be compiled.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
                      connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// How many requests are answered at the same time.
const THREADS: usize = 4;

/// Serve the assessor's app and the definitions on this machine
#[derive(Debug, Args)]
#[command(after_help = "\
With --instruments the folder is watched: the page takes over a changed definition, and keeps the last sound version of a broken one. With --texts
a site's wording stands in the page, and is watched too.

Examples:
  geras serve --app wasm/app/dist
  geras serve --app wasm/app/dist --instruments policies --port 8080
  geras serve --app wasm/app/dist --texts our-wording")]
pub(crate) struct Serve {
    /// The folder of the built app; `cargo xtask app` builds it
    #[arg(long, value_name = "DIR", default_value = "wasm/app/dist")]
    app: PathBuf,

    /// The port on 127.0.0.1; 0 takes one that is free
    #[arg(long, default_value_t = 4270)]
    port: u16,
}

impl Serve {
    pub(crate) fn run(&self, desk: &Desk<'_>, out: &mut dyn Write) -> Result<Verdict, Failure> {
        let app = fs::canonicalize(&self.app).ok().filter(|app| app.join("index.html").is_file()).ok_or_else(|| {
            Failure::usage(format!("there is no built app in `{}`", self.app.display())).help("`cargo xtask app` builds it")
        })?;
        let folder = desk.folder().map(Path::to_path_buf);
        let live = match (&folder, desk.site().is_bare()) {
            (None, true) => None,
            _ => Some(Arc::new(Live::open(folder, desk.site())?)),
        };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let server = Server::http(address)
            .map_err(|reason| Failure::usage(format!("port {} cannot be used: {reason}", self.port)).help("`--port` takes another one"))?;
        writeln!(out, "http://localhost:{}/", server.server_addr().to_ip().map_or(self.port, |address| address.port()))?;
        if let Some(live) = &live {
            live.tell();
            live.watch();
        }
        out.flush()?;
        let (server, desk) = (Arc::new(server), Arc::new(FrontDesk { app, live }));
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                let (server, desk) = (Arc::clone(&server), Arc::clone(&desk));
                thread::spawn(move || server.incoming_requests().for_each(|request| desk.answer(request)))
            })
            .collect();
        threads.into_iter().for_each(|thread| drop(thread.join()));
        Ok(Verdict::Fine)
    }
}

/// What is answered to whom.
struct FrontDesk {
    app: PathBuf,
    live: Option<Arc<Live>>,
}

impl FrontDesk {
    fn answer(&self, request: Request) {
        let response = if !from_here(&request) {
            plain(403, "this server answers this machine alone")
        } else if !matches!(request.method(), Method::Get | Method::Head) {
            plain(405, "this server only gives files")
        } else {
            self.find(request.url())
        };
        // Whoever asked may have gone.
        let _ = request.respond(response);
    }

    fn find(&self, url: &str) -> Response<Cursor<Vec<u8>>> {
        let path = url.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
        let path = if path.is_empty() { "index.html" } else { path };
        if let Some(body) = self.live.as_ref().and_then(|live| live.file(path)) {
            return file(body.into_bytes(), path, true);
        }
        let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        // No name of the built app needs an escape.
        let found = (inside && !path.contains(['%', '\\'])).then(|| self.app.join(path));
        match found.and_then(|found| fs::read(found).ok()) {
            Some(body) => file(body, path, false),
            None => plain(404, "there is no such file"),
        }
    }
}

/// A page elsewhere can point a name of its own at this machine; then the browser sends that name.
fn from_here(request: &Request) -> bool {
    let host = request.headers().iter().find(|header| header.field.equiv("Host")).map_or("", |header| header.value.as_str());
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1")
}

fn plain(status: u16, text: &str) -> Response<Cursor<Vec<u8>>> {
    with_headers(Response::from_data(text.as_bytes().to_vec()).with_status_code(StatusCode(status)), "text/plain; charset=utf-8", false)
}

fn file(body: Vec<u8>, path: &str, live: bool) -> Response<Cursor<Vec<u8>>> {
    with_headers(Response::from_data(body), kind(path), live)
}

fn with_headers(response: Response<Cursor<Vec<u8>>>, kind: &str, live: bool) -> Response<Cursor<Vec<u8>>> {
    let mut headers = vec![
        ("Content-Type", kind),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "no-cache"),
    ];
    if live {
        headers.push(("X-Geras-Live", "1"));
    }
    let headers = headers.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok());
    headers.fold(response, Response::with_header)
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
