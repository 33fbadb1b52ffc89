//! Numbers that somebody typed to fill a field.

/// How many equal or running digits at the end give a number away.
const TAIL: usize = 8;

/// Whether it could be somebody's number: not one character throughout, not counting up or down, and the last eight
/// digits neither all equal nor a run.
pub(in crate::detect) fn not_placeholder(value: &[u8]) -> bool {
    let tail = value.len().checked_sub(TAIL).and_then(|from| value.get(from..));
    let is_filler = |part: &[u8]| part.len() > 1 && (is_run(part, 0) || is_run(part, 1) || is_run(part, 9));
    !(is_filler(value) || tail.is_some_and(|tail| tail.iter().all(u8::is_ascii_digit) && is_filler(tail)))
}

/// Whether each character is `step` after the last; digits wrap round from 9 to 0, others must not move.
fn is_run(value: &[u8], step: u8) -> bool {
    value.iter().zip(value.iter().skip(1)).all(|(&left, &right)| {
        if left.is_ascii_digit() && right.is_ascii_digit() {
            (left - b'0' + step) % 10 == right - b'0'
        } else {
            step == 0 && left == right
        }
    })
}
