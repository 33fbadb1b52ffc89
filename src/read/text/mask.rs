//! Finds the bytes that mean something, 64 at a time.

/// How many bytes are looked at together.
pub(super) const CHUNK: usize = 64;

/// A bit for every byte of the chunk that means something, and whether all of them are delimiters.
// The needles are to be spread over vectors once a block, not once a chunk.
#[inline(always)]
pub(super) fn mask(chunk: &[u8; CHUNK], [delimiter, line_feed, quote, escape]: [u8; 4]) -> (u64, bool) {
    // Written so that it compiles to vector compares; a multiplication then gathers eight flags into eight bits.
    const FLAGS: u64 = 0x0101_0101_0101_0101;
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut flags = [0_u8; CHUNK];
    for (flag, &byte) in flags.iter_mut().zip(chunk) {
        let is = |needle: u8| u8::from(byte == needle);
        *flag = is(delimiter) | ((is(line_feed) | is(b'\r') | is(quote) | is(escape)) << 1);
    }
    let (eights, _) = flags.as_chunks::<8>();
    let (mut mask, mut others) = (0, 0);
    for (at, eight) in eights.iter().enumerate() {
        let word = u64::from_le_bytes(*eight);
        others |= word >> 1;
        let bits = ((word | word >> 1) & FLAGS).wrapping_mul(GATHER);
        // The byte at the top goes to its place without waiting for the others.
        mask |= (bits >> (56 - 8 * at)) & (0xff << (8 * at));
    }
    (mask, others & FLAGS == 0)
}
