//! The block function of SHA-1 in little code.
//!
//! The `sha1` crate has it unrolled alone, which is quick on machines without instructions for it and weighs a tenth of what
//! a page may load. `sha2` has a compact one of its own. A test compares the two.

/// Takes whole blocks (FIPS 180-4).
pub(super) fn sha1(state: &mut [u32; 5], blocks: &[[u8; 64]]) {
    for block in blocks {
        let mut words = [0; 16];
        for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
            *word = u32::from_be_bytes(*bytes);
        }
        let [mut a, mut b, mut c, mut d, mut e] = *state;
        for round in 0..80 {
            let word = scheduled(&mut words, round);
            let (chosen, constant) = match round / 20 {
                0 => (d ^ b & (c ^ d), 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => (b & c | d & (b | c), 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6_u32),
            };
            let next = a.rotate_left(5).wrapping_add(chosen).wrapping_add(e).wrapping_add(constant).wrapping_add(word);
            (a, b, c, d, e) = (next, a, b.rotate_left(30), c, d);
        }
        for (word, more) in state.iter_mut().zip([a, b, c, d, e]) {
            *word = word.wrapping_add(more);
        }
    }
}

/// The word of a round, which takes the place of the one sixteen rounds before.
#[expect(clippy::indexing_slicing, reason = "four bits index 16 words")]
fn scheduled(words: &mut [u32; 16], round: usize) -> u32 {
    if round >= 16 {
        let before = |rounds: usize| words[(round - rounds) & 15];
        words[round & 15] = (before(3) ^ before(8) ^ before(14) ^ before(16)).rotate_left(1);
    }
    words[round & 15]
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    /// A thousand blocks, each of them behind another state.
    #[test]
    fn states_are_those_of_the_sha1_crate() {
        let (mut own, mut theirs) = ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]);
        let mut bytes = (0_u32..).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8);
        for count in (0..250).map(|turn| turn % 9) {
            let blocks: Vec<[u8; 64]> = (0..count).map(|_| core::array::from_fn(|_| bytes.next().unwrap())).collect();
            super::sha1(&mut own, &blocks);
            sha1::block_api::compress(&mut theirs, &blocks);
            assert_eq!(own, theirs);
        }
    }
}
