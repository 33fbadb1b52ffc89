//! Tells keys that name something from keys that are values themselves, as in an object that is keyed by an id.

/// A key with so many digits is a number, a date or a code of its own, and must never be the name of a column.
const VALUE_DIGITS: usize = 6;

/// The least members of an object that is a table.
const FEW: usize = 3;

/// So many members that are objects of one kind are a table, whatever their keys are.
const MANY: usize = 24;

/// Whether a key is a value by itself, however few there are: a number, a date, an address, a plate.
pub(super) fn is_value(key: &str) -> bool {
    let n_digits = key.bytes().filter(u8::is_ascii_digit).count();
    n_digits >= VALUE_DIGITS || key.contains('@') || (n_digits >= FEW && !key.is_ascii() && key.chars().count() <= 10)
}

/// Whether the keys of an object are values: there are many that are alike, of members that are alike, and one object has
/// only few of them or there is only one object.
///
/// `alike` is how many members are objects of one kind, `usual` how many members an object has.
pub(super) fn are_values(keys: &[&str], alike: usize, usual: u64) -> bool {
    let n = keys.len();
    let is_varied = usual * 4 <= n as u64;
    let is_one_kind = n >= FEW && alike * 10 >= n * 9;
    let numbered = keys.iter().filter(|key| key.bytes().any(|byte| byte.is_ascii_digit())).count();
    let is_numbered = numbered * 10 >= n * 9;
    let are_numbers = n > 1 && keys.iter().all(|key| key.bytes().all(|byte| byte.is_ascii_digit()));
    are_numbers || (is_one_kind && (n >= MANY || is_numbered)) || (n >= MANY && is_numbered && is_varied)
}

#[cfg(test)]
mod tests {
    use super::{are_values, is_value};

    #[test]
    fn single_keys() {
        for key in ["11010519491231002X", "2024-01-01", "a@b.cn", "京A12345", "13800138000", "U000001"] {
            assert!(is_value(key), "{key}");
        }
        for key in ["id", "身份证号", "line2", "address_1", "sha256", "手机2", "md5_2024", "k1"] {
            assert!(!is_value(key), "{key}");
        }
    }

    #[test]
    fn many_keys() {
        assert!(are_values(&["0", "100"], 0, 2), "numbers");
        assert!(are_values(&["p1", "p2", "p3"], 3, 3), "objects of one kind with numbered keys");
        assert!(!are_values(&["owner", "driver", "payer"], 3, 3), "roles");
        let numbered: Vec<String> = (0..100).map(|n| format!("q{n}")).collect();
        let numbered: Vec<&str> = numbered.iter().map(String::as_str).collect();
        assert!(!are_values(&numbered, 0, 100), "the questions of a survey");
        assert!(are_values(&numbered, 0, 3), "a few of many");
    }
}
