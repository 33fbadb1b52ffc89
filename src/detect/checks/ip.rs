//! Internet addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether it is an IPv4 address (RFC 791) that can be somebody's: not unspecified, loopback or broadcast.
pub(super) fn ipv4(value: &[u8]) -> bool {
    parse::<Ipv4Addr>(value).is_some_and(|address| {
        !(address.is_unspecified() || address.is_loopback() || address.is_broadcast() || address.is_multicast())
    })
}

/// Whether it is an IPv6 address (RFC 4291) that can be somebody's: not unspecified or loopback.
pub(super) fn ipv6(value: &[u8]) -> bool {
    parse::<Ipv6Addr>(value)
        .is_some_and(|address| !(address.is_unspecified() || address.is_loopback() || address.is_multicast()))
}

fn parse<T: std::str::FromStr>(value: &[u8]) -> Option<T> {
    std::str::from_utf8(value).ok()?.parse().ok()
}
