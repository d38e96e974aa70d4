//! What is derived from a secret, kept for the next signature.
//!
//! A V4 key holds for a day, a region and a service, a COS key for an interval: both are asked for again and again,
//! by many threads. A reader never waits: it takes an entry that is whole, or derives the key itself. Entries lie in
//! a fixed number of places that are written over in turn, so that a service which runs for months keeps no more
//! than one that has just begun. All of it is wiped on drop.

use core::sync::atomic::{AtomicU32, AtomicUsize, Ordering, fence};
use zeroize::Zeroize;

/// Bytes of a machine word, in which names are held: there are atomic ones on every target.
const WORD: usize = size_of::<usize>();
/// Words that say which key an entry is. The longest V4 scope of a vendor takes some fewer.
const NAME: usize = 104 / WORD;
/// A key: both states of an HMAC-SHA256, or those of an HMAC-SHA1 in the front of each.
pub(crate) type States = [[u32; 8]; 2];
/// How many derived keys are kept: some regions, and two days around midnight.
const PLACES: usize = 8;

/// Which key is meant: the texts it is derived with. Two keys never have the same name.
pub(super) struct Name([usize; NAME]);

impl Name {
    /// The name made of `texts`; `None` if it would be too long to be kept. `way` tells apart what is derived otherwise.
    ///
    /// The lengths come first, then the bytes of each text, in words: bytes that are written one by one are slow to read
    /// as words.
    pub(super) fn of<const N: usize>(way: u8, texts: [&[u8]; N]) -> Option<Self> {
        let mut name = [0; NAME];
        let (front, rest) = name.split_at_mut(size_of::<u64>() / WORD);
        let mut places = rest.iter_mut();
        let mut lengths = u64::from(way);
        for text in texts {
            // Longer texts do not fit anyhow.
            lengths = lengths << 7 | u64::try_from(text.len()).ok().filter(|len| *len < 0x80)?;
            let (words, rest) = text.as_chunks::<WORD>();
            for word in words {
                *places.next()? = usize::from_le_bytes(*word);
            }
            if !rest.is_empty() {
                *places.next()? = rest.iter().rev().fold(0, |word, byte| word << 8 | usize::from(*byte));
            }
        }
        for (place, word) in front.iter_mut().zip(lengths.to_le_bytes().as_chunks().0) {
            *place = usize::from_le_bytes(*word);
        }
        Some(Self(name))
    }
}

/// The keys of one secret.
#[derive(Default)]
pub(crate) struct Kept {
    /// The secret itself as a key of HMAC-SHA1 and HMAC-SHA256.
    pub(super) secret: [Entry; 2],
    derived: [Entry; PLACES],
    next: AtomicUsize,
}

impl Kept {
    /// Reads the key with this name; says whether there is one.
    pub(super) fn derived(&self, name: &Name, key: &mut States) -> bool {
        self.derived.iter().any(|entry| entry.read(Some(name), key))
    }

    pub(super) fn keep(&self, name: &Name, key: &States) {
        let place = self.next.fetch_add(1, Ordering::Relaxed) % PLACES;
        if let Some(entry) = self.derived.get(place) {
            entry.write(Some(name), key);
        }
    }
}

/// A place for one key and its name, if it has one.
#[derive(Default)]
pub(super) struct Entry {
    /// How often it was written, twice over; odd while it is being written, zero before.
    version: AtomicUsize,
    name: Words,
    key: [[AtomicU32; 8]; 2],
}

impl Entry {
    /// Reads the key, if this place holds the one with this name, and holds it whole. What is read is not to be used
    /// unless the answer is yes.
    pub(super) fn read(&self, name: Option<&Name>, key: &mut States) -> bool {
        let version = self.version.load(Ordering::Acquire);
        if version == 0 || version % 2 == 1 || name.is_some_and(|name| !self.name.are(&name.0)) {
            return false;
        }
        for (own, word) in self.key.as_flattened().iter().zip(key.as_flattened_mut()) {
            *word = own.load(Ordering::Relaxed);
        }
        // Whoever writes changes the version first: if it is still the same, nobody did.
        fence(Ordering::Acquire);
        self.version.load(Ordering::Relaxed) == version
    }

    /// Takes a key, unless another thread is giving one.
    pub(super) fn write(&self, name: Option<&Name>, key: &States) {
        let version = self.version.load(Ordering::Relaxed);
        let begun = version.wrapping_add(1);
        if version % 2 == 1 || self.version.compare_exchange(version, begun, Ordering::Acquire, Ordering::Relaxed).is_err() {
            return;
        }
        fence(Ordering::Release);
        if let Some(name) = name {
            self.name.store(&name.0);
        }
        for (own, word) in self.key.as_flattened().iter().zip(key.as_flattened()) {
            own.store(*word, Ordering::Relaxed);
        }
        self.version.store(begun.wrapping_add(1), Ordering::Release);
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        for word in self.key.as_flattened_mut() {
            word.get_mut().zeroize();
        }
    }
}

/// The words of a name, which several threads read and write.
#[derive(Default)]
struct Words([AtomicUsize; NAME]);

impl Words {
    fn are(&self, name: &[usize; NAME]) -> bool {
        self.0.iter().zip(name).all(|(own, word)| own.load(Ordering::Relaxed) == *word)
    }

    fn store(&self, name: &[usize; NAME]) {
        for (own, word) in self.0.iter().zip(name) {
            own.store(*word, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_where_texts_differ_in_length_alone() {
        fn name<const N: usize>(texts: [&str; N]) -> Option<[usize; NAME]> {
            Name::of(b'c', texts.map(str::as_bytes)).map(|name| name.0)
        }
        assert_ne!(name(["ab", "c"]), name(["a", "bc"]));
        assert_ne!(name(["a\0"]), name(["a"]));
        assert_ne!(name(["a", ""]), name(["", "a"]));
        assert_ne!(name(["a"]), Name::of(b'h', [b"a"]).map(|name| name.0));
        let longest = NAME * WORD - 8;
        assert!(name([&"x".repeat(longest)]).is_some() && name([&"x".repeat(longest + 1)]).is_none());
        assert!(name([&"x".repeat(128)]).is_none() && name([&"x".repeat(1 << 16)]).is_none());
    }

    #[test]
    fn the_oldest_key_makes_room() {
        let kept = Kept::default();
        let name = |number: u8| Name::of(b'c', [&[number]]).unwrap();
        for number in 0..=8 {
            kept.keep(&name(number), &[[number.into(); 8]; 2]);
        }
        let mut key = States::default();
        assert!(!kept.derived(&name(0), &mut key));
        for number in 1..=8 {
            assert!(kept.derived(&name(number), &mut key));
            assert_eq!(key, [[u32::from(number); 8]; 2]);
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn what_is_read_is_whole_whoever_writes() {
        let kept = Kept::default();
        let name = |number: u8| Name::of(b'c', [&[number]]).unwrap();
        let (writing, found) = (AtomicUsize::new(2), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for first in 0..2 {
                let (kept, writing, found) = (&kept, &writing, &found);
                scope.spawn(move || {
                    (0..40_000_u32).for_each(|turn| {
                        let number = (turn % 11) as u8 * 2 + first;
                        kept.keep(&name(number), &[[number.into(); 8]; 2]);
                    });
                    writing.fetch_sub(1, Ordering::Release);
                });
                scope.spawn(move || {
                    let mut is_last = false;
                    // As long as somebody writes, and once more: what was written last is there.
                    while !is_last {
                        is_last = writing.load(Ordering::Acquire) == 0;
                        for number in 0..22_u8 {
                            let mut key = States::default();
                            if kept.derived(&name(number), &mut key) {
                                assert_eq!(key, [[u32::from(number); 8]; 2]);
                                found.fetch_add(1, Ordering::Relaxed);
                            }
                        }
                    }
                });
            }
        });
        assert!(found.into_inner() > 0);
    }
}
