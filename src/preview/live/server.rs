//! The HTTP server. It listens on this computer alone, answers only requests from its own pages,
//! and knows no paths of files.

use std::io::{self, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tiny_http::{Method, Request, Server};

use crate::picture::ImageProcessor;

use super::updates::Updates;
use crate::preview::error::PreviewError;
use crate::preview::page::assets::{PREVIEW_CSS, PREVIEW_JS};
use crate::preview::page::resources::Resource;
use crate::preview::page::shell::{EBOOK, SCRIPT, STYLE};

/// The first port that is tried.
const FIRST_PORT: u16 = 7877;
/// How many ports are tried.
const PORTS: u16 = 100;
/// How often an idle connection for events is used, so that closed ones are noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

const EVENTS: &str = "/events";

/// What a page may load. Lines of text have their positions in attributes.
const POLICY: &str = "default-src 'none'; img-src 'self' data:; font-src 'self'; \
    style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; connect-src 'self'; \
    frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// A port of this computer on which no server answers yet.
#[derive(Debug)]
pub struct Port {
    listener: TcpListener,
    address: SocketAddr,
}

impl Port {
    /// Reserves a port: this one, or the first free one from 7877.
    ///
    /// # Errors
    /// The port is in use, or none is free.
    pub fn reserve(port: Option<u16>) -> Result<Self, PreviewError> {
        let bind = |port| {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
            let address = listener.local_addr()?;
            Ok(Self { listener, address })
        };
        if let Some(port) = port {
            return bind(port).map_err(|source| PreviewError::Port { port, source });
        }
        let free = (FIRST_PORT..FIRST_PORT + PORTS).find_map(|port| bind(port).ok());
        free.ok_or(PreviewError::NoPort { first: FIRST_PORT, last: FIRST_PORT + PORTS - 1 })
    }

    /// The address of the preview.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

/// Answers requests until the process ends.
pub(in crate::preview) fn serve(
    port: Port,
    updates: &Arc<Updates>,
    processor: &Arc<ImageProcessor>,
) -> Result<(), PreviewError> {
    let Port { listener, address } = port;
    let server = Server::from_listener(listener, None)
        .map_err(|error| PreviewError::Server(error.to_string()))?;
    for request in server.incoming_requests() {
        let (updates, processor) = (Arc::clone(updates), Arc::clone(processor));
        thread::spawn(move || {
            // Nobody is left to hear that a connection was closed.
            let _ = answer(request, address.port(), &updates, &processor);
        });
    }
    Ok(())
}

fn answer(
    request: Request,
    port: u16,
    updates: &Updates,
    processor: &ImageProcessor,
) -> io::Result<()> {
    if !is_own(&request, port) {
        return text("403 Forbidden", "This preview answers only on this computer.").send(request);
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        let mut answer = text("405 Method Not Allowed", "A preview can only be read.");
        answer.headers.push(("Allow", "GET, HEAD"));
        return answer.send(request);
    }
    let path = request.url().split('?').next().unwrap_or_default().to_owned();
    let html = "text/html; charset=utf-8";
    let answer = match path.as_str() {
        "/" => changing(html, updates.current().html.clone().into_bytes()),
        STYLE => changing("text/css; charset=utf-8", PREVIEW_CSS.into()),
        SCRIPT => changing("text/javascript; charset=utf-8", PREVIEW_JS.into()),
        EVENTS => return events(request, updates),
        EBOOK => match updates.current().ebook.clone() {
            Some(ebook) => changing(html, ebook.into_bytes()),
            None => not_found(),
        },
        path => match file(path, updates, processor) {
            Some((media_type, bytes)) => {
                let mut answer = Answer::new("200 OK", media_type, bytes);
                // The address of other content is another one.
                answer.headers.push(("Cache-Control", "private, max-age=31536000, immutable"));
                answer
            }
            None => not_found(),
        },
    };
    answer.send(request)
}

/// Whether a request comes from a page of this server. A page on the web could otherwise give its
/// own name to this computer's address and read the book (DNS rebinding).
fn is_own(request: &Request, port: u16) -> bool {
    let value = |name: &'static str| {
        let mut fields = request.headers().iter().filter(move |header| header.field.equiv(name));
        (fields.next().map(|header| header.value.as_str().to_owned()), fields.next().is_none())
    };
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let is_own_host = |host: &str| {
        let host = host.to_ascii_lowercase();
        hosts.contains(&host) || port == 80 && ["127.0.0.1", "localhost"].contains(&&*host)
    };
    let (host, is_only_host) = value("Host");
    let (origin, is_only_origin) = value("Origin");
    is_only_host
        && is_only_origin
        && host.is_some_and(|host| is_own_host(&host))
        && origin.is_none_or(|origin| origin.strip_prefix("http://").is_some_and(is_own_host))
}

/// The file of the book at an address from the table of the newest pages.
fn file(
    path: &str,
    updates: &Updates,
    processor: &ImageProcessor,
) -> Option<(&'static str, Vec<u8>)> {
    let shown = updates.with_resource(path)?;
    match shown.resource(path)? {
        Resource::Data(media_type, bytes) => Some((media_type, bytes.clone())),
        Resource::Picture(source) => {
            // A finding says why a photo cannot be read.
            let scaled = shown.jpeg(source, processor)?.ok()?;
            Some(("image/jpeg", scaled.jpeg))
        }
    }
}

/// Announces each version of the page, beginning with the current one.
fn events(request: Request, updates: &Updates) -> io::Result<()> {
    let is_head = *request.method() == Method::Head;
    let mut out = request.into_writer();
    write!(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nContent-Security-Policy: {POLICY}\r\n\
         Connection: close\r\n\r\n"
    )?;
    if is_head {
        return out.flush();
    }
    let mut version = updates.current().version.clone();
    write!(out, "retry: 500\nevent: book\ndata: {version}\n\n")?;
    loop {
        out.flush()?;
        match updates.wait(&version, HEARTBEAT) {
            Some(newer) => {
                version = newer;
                write!(out, "event: book\ndata: {version}\n\n")?;
            }
            None => write!(out, ":\n\n")?,
        }
    }
}

/// An answer of known length.
struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, &'static str)>,
    bytes: Vec<u8>,
}

impl Answer {
    fn new(status: &'static str, media_type: &'static str, bytes: Vec<u8>) -> Self {
        let headers = vec![
            ("Content-Type", media_type),
            ("Content-Security-Policy", POLICY),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Referrer-Policy", "no-referrer"),
            // A connection that stays open holds a thread of the server. When several are opened
            // at once, tiny_http may wait for one of these threads instead of starting another.
            ("Connection", "close"),
        ];
        Self { status, headers, bytes }
    }

    fn send(self, request: Request) -> io::Result<()> {
        let Self { status, headers, bytes } = self;
        let is_head = *request.method() == Method::Head;
        let mut out = request.into_writer();
        write!(out, "HTTP/1.1 {status}\r\nContent-Length: {}\r\n", bytes.len())?;
        for (name, value) in headers {
            write!(out, "{name}: {value}\r\n")?;
        }
        out.write_all(b"\r\n")?;
        if !is_head {
            out.write_all(&bytes)?;
        }
        out.flush()
    }
}

/// An answer that is asked for again each time.
fn changing(media_type: &'static str, bytes: Vec<u8>) -> Answer {
    let mut answer = Answer::new("200 OK", media_type, bytes);
    answer.headers.push(("Cache-Control", "no-store"));
    answer
}

fn not_found() -> Answer {
    text("404 Not Found", "The preview has no such page.")
}

fn text(status: &'static str, message: &str) -> Answer {
    Answer::new(status, "text/plain; charset=utf-8", message.into())
}
