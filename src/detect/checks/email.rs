//! E-mail addresses.

/// Endings that are files, not domains: `icon@2x.png` is a picture.
const FILE_ENDINGS: &[&[u8]] = &[b"png", b"jpg", b"jpeg", b"gif", b"svg", b"webp", b"css", b"js", b"html", b"json"];

/// Whether it is built like an address that is delivered to (RFC 5321 clause 4.1.2, quoted and literal forms left
/// out): a local part of at most 64 characters, labels of at most 63, and a top-level domain of letters. A star would be
/// lawful, and hides a part of the name wherever it stands.
pub(super) fn email_shape(value: &[u8]) -> bool {
    let mut parts = value.splitn(2, |&byte| byte == b'@');
    let (Some(local), Some(domain)) = (parts.next(), parts.next()) else { return false };
    (1..=64).contains(&local.len())
        && domain.len() <= 253
        && local.split(|&byte| byte == b'.').all(is_atom)
        && is_domain(domain)
}

/// RFC 5322 clause 3.2.3, `atext` without the star.
fn is_atom(part: &[u8]) -> bool {
    !part.is_empty() && part.iter().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'+-/=?^_`{|}~".contains(byte))
}

fn is_domain(domain: &[u8]) -> bool {
    let top = domain.rsplit(|&byte| byte == b'.').next().unwrap_or_default();
    let top_is_sane = (2..=24).contains(&top.len())
        && (top.iter().all(u8::is_ascii_alphabetic)
            || top.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"xn--")))
        && !FILE_ENDINGS.iter().any(|ending| ending.eq_ignore_ascii_case(top));
    top_is_sane && domain.len() > top.len() && domain.split(|&byte| byte == b'.').all(is_label)
}

fn is_label(label: &[u8]) -> bool {
    let ends_well = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    label.len() <= 63
        && ends_well(label.first())
        && ends_well(label.last())
        && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}
