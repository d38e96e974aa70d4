//! The servers.

use crate::message::{Answer, Message, exchange};
use countersign::{Credentials, SecretKey, Terms, Timestamp, providers::s3};
use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::LazyLock,
    time::{SystemTime, UNIX_EPOCH},
};

pub const ID: &str = "CSIDEXAMPLESERVERS01";
/// With the characters that are mangled most often.
pub const SECRET: &str = "madeUp/secret+onlyForTheseTests0123456789";
pub const BUCKET: &str = "photos";
pub const REGION: &str = "us-east-1";

pub struct Server {
    pub name: &'static str,
    pub port: u16,
    /// The script that runs the server ends when its input does. A static is never dropped, but the system closes
    /// what a process held, however it ended.
    _script: Child,
}

static RADOSGW: LazyLock<Server> = LazyLock::new(|| Server::start("radosgw"));
static S3S_FS: LazyLock<Server> = LazyLock::new(|| Server::start("s3s-fs"));

/// All servers, running, with an empty bucket.
pub fn servers() -> [&'static Server; 2] {
    [&RADOSGW, &S3S_FS]
}

pub fn who() -> Credentials {
    Credentials::new(ID, SecretKey::new(SECRET))
}

pub fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    Timestamp::from_unix(elapsed.as_secs().try_into().expect("a clock of this age"))
}

/// Terms of now.
pub fn terms() -> Terms<'static> {
    terms_at(now())
}

pub fn terms_at(time: Timestamp) -> Terms<'static> {
    Terms::at(time).region(REGION).bucket(BUCKET).expires_in(300)
}

impl Server {
    fn start(name: &'static str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("servers").join(format!("{name}.sh"));
        let mut command = Command::new(&script);
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        command
            .args([ID, SECRET])
            .env("CARGO_TARGET_DIR", target)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|e| panic!("{}: {e}", script.display()));
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("ready ").and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| {
            let mut said = String::new();
            let _ = child.stderr.take().unwrap().read_to_string(&mut said);
            let _ = child.wait();
            panic!("{said}");
        });
        let server = Self { name, port, _script: child };
        let answer = server.send(&Message::new("PUT", server.url("")).signed(&s3::V4_HEADER, &who(), &terms()));
        assert!(answer.is_success(), "{name}: {answer}");
        server
    }

    /// The URL of a key that is escaped already.
    pub fn url(&self, key: &str) -> String {
        format!("http://127.0.0.1:{}/{BUCKET}/{key}", self.port)
    }

    pub fn send(&self, message: &Message) -> Answer {
        exchange(self.port, &message.bytes())
    }
}
