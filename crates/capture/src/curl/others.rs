//! Commands of `wget` and HTTPie, as the options of `curl` that send the same.

use super::{Argument, Client, Data, Job, http};

/// Requests of `wget`: it names its options in its own way.
pub(super) fn wget(words: Vec<Vec<u8>>) -> Job {
    let mut job = Job { client: Client::Wget, ..Job::default() };
    let mut words = words.into_iter().skip(1);
    while let Some(word) = words.next() {
        let Some(option) = word.strip_prefix(b"--") else {
            if http::is_url(&word) {
                job.urls.push(word);
            }
            continue;
        };
        let (name, value) = match option.iter().position(|byte| *byte == b'=').and_then(|at| option.split_at_checked(at)) {
            Some((name, value)) => (name, value.get(1..).map(<[u8]>::to_vec)),
            None => (option, None),
        };
        let file = |value: &[u8]| Data::File(String::from_utf8_lossy(value).into_owned());
        let name = match name {
            b"method" => "request",
            b"header" => "header",
            b"user-agent" => "user-agent",
            b"body-data" | b"post-data" => "data-raw",
            b"body-file" | b"post-file" => {
                let value = value.or_else(|| words.next()).unwrap_or_default();
                job.data.push(file(&value));
                continue;
            }
            _ => continue,
        };
        let value = value.or_else(|| words.next()).unwrap_or_default();
        job.take(Argument::Option(name.to_owned(), value));
    }
    job
}

/// A request of HTTPie: the verb, the URL, and items whose signs tell what they are. Empty where it is none.
pub(super) fn httpie(words: Vec<Vec<u8>>, input: Option<String>) -> Job {
    /// Options with a value.
    const VALUED: [&[u8]; 13] = [
        b"-A",
        b"--auth-type",
        b"-o",
        b"--output",
        b"-p",
        b"--print",
        b"-s",
        b"--style",
        b"--session",
        b"--timeout",
        b"--verify",
        b"--cert",
        b"--pretty",
    ];
    let mut job = Job { client: Client::Httpie, ..Job::default() };
    let mut words = words.into_iter();
    let scheme = if words.next().is_some_and(|word| word == b"https") { "https://" } else { "http://" };
    while let Some(word) = words.next() {
        if word.starts_with(b"-") {
            match word.as_slice() {
                b"--form" | b"-f" => job.form = true,
                b"--json" | b"-j" => job.json = true,
                b"--path-as-is" => job.path_as_is = true,
                b"--raw" => job.data.extend(words.next().map(Data::Bytes)),
                [b'-', b'-', b'r', b'a', b'w', b'=', body @ ..] => job.data.push(Data::Bytes(body.to_vec())),
                _ if VALUED.contains(&word.as_slice()) => drop(words.next()),
                _ => {}
            }
        } else if !job.urls.is_empty() {
            job.item(&word);
        } else if http::is_url(&word) {
            job.urls.push(word);
        } else if word.iter().all(u8::is_ascii_uppercase) && job.method.is_none() {
            job.method = Some(String::from_utf8_lossy(&word).into_owned());
        } else if word.contains(&b'.') && word.contains(&b'/') {
            job.urls.push([scheme.as_bytes(), &word].concat());
        } else {
            return Job::default();
        }
    }
    job.data.extend(input.map(Data::File));
    job
}

impl Job {
    /// `Name:value`, `name==value`, `name=value`, `name@file`, and `Name;` for an empty header.
    fn item(&mut self, item: &[u8]) {
        let Some(at) = item.iter().position(|byte| b":=@;".contains(byte)) else { return };
        let (name, value) = item.split_at_checked(at).unwrap_or_default();
        match value {
            [b'=', b'=', value @ ..] => {
                self.take(Argument::Option("url-query".to_owned(), [name, b"=", value].concat()));
            }
            [b'@', file @ ..] => {
                self.guesses = name.is_empty();
                self.data.push(Data::File(String::from_utf8_lossy(file).into_owned()));
            }
            [b'=', ..] | [b':', b'=', ..] => self.data.push(Data::Unknown),
            _ => self.headers.push(item.to_vec()),
        }
    }
}
