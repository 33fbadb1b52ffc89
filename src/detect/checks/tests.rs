//! Values from standards, official samples and the suites of other projects.

use super::{DEAR, by_name, passes};

fn check(name: &str, accepted: &[&str], rejected: &[&str]) {
    let Some(at) = by_name(name) else { panic!("no check `{name}`") };
    for value in accepted {
        assert!(passes(at, value.as_bytes()), "`{name}` must accept `{value}`");
    }
    for value in rejected {
        assert!(!passes(at, value.as_bytes()), "`{name}` must reject `{value}`");
    }
}

#[test]
fn what_is_dear_is_a_check() {
    assert!(DEAR.iter().all(|name| by_name(name).is_some()));
}

#[test]
fn resident_numbers() {
    let samples = ["11010519491231002X", "440524188001010014", "360426199101010071", "44011320141005001x"];
    check("gb11643", &samples, &["110105194912310021", "11010519491231002", "A10105194912310020", "X"]);
    check("birth_date_18", &samples, &["440308199902301512", "440308184901011512", "440308199900011512", "4403081999"]);
    check("birth_date_15", &["610104620927690"], &["610104620932690", "610104620229690", "61010462092769"]);
    check(
        "resident_area",
        &["110105", "710000", "650000", "54", "429004", "500382"],
        &["810000", "90", "991", "1", "", "0x", "123456", "448000"],
    );
    check("permit_area", &["810000199408230021", "830000199201300022"], &["810001199408230021", "840000"]);
}

#[test]
fn cards_of_foreigners() {
    check(
        "foreign_2023",
        &["932682198501010017", "911398199012310021"],
        &["911124198108030028", "999398199012310021", "911999199012310021", "911398199002310021", "911398199012310022"],
    );
    check(
        "foreign_2017",
        &["KAZ110090123105"],
        &["KAZ110090123107", "KAZ990090123105", "KAZ110090023105", "KA1110090123105"],
    );
    check("hk_id", &["A1234563", "AB9876543"], &["K0341692", "0341691", "K034169", "ABC123456"]);
    check("tw_id", &["A123456789"], &["A123456788", "A323456789", "a123456789", "A12345678"]);
}

#[test]
fn cards_and_accounts() {
    check("luhn", &["490154203237518", "49927398716", "1428572"], &["4992739871", "abcdefe", "0", ""]);
    check(
        "bank_bin",
        &[
            "6222026006705354217",
            "4111111111111111",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "3530111333300000",
            "1031234567890987654",
            "185721234567890987",
            "6223091234567890987",
        ],
        &[
            "10312345678909876543",
            "103123456789098765",
            "18572123456789098",
            "955880000000000000",
            "62",
            "411111111111111",
        ],
    );
    check(
        "iban",
        &["AD1200012030200359100100", "GB82WEST12345698765432"],
        &["GB82WEST12345698765431", "0001", "XX431234"],
    );
}

#[test]
fn organisations() {
    check(
        "uscc",
        &["91310115591693856A", "92340621MA2PBKRXXG"],
        &["91310115591693856B", "12345", "9111000060003IOZSV"],
    );
    check("organisation_code", &["591693856", "600037341"], &["591693857", "5916938"]);
}

#[test]
fn vehicles() {
    let samples = ["1M8GDM9AXKP042788", "LSJA24U62JG269225", "LBV5S3102ESJ25655", "LDC613P23A1305189"];
    check("vin", &samples, &["1M8GDM9A1KP042788", "LSJA24U62JG26922", "IOQA24U62JG269225"]);
    check("vin_shape", &samples, &["DD202403150001234", "12345678901234567", "ABCDEFGHJKLMNPRST", "lsja24u62jg269225"]);
}

#[test]
fn networks() {
    check(
        "mobile_prefix",
        &["13912345678", "8619119255642", "+8617888829981", "16612345678"],
        &["15412345678", "14812345678", "12912345678", "1391234567", "1391234567x"],
    );
    check("iot_number", &["1440123456789"], &["14401234567", "1391234567890"]);
    check(
        "landline_area",
        &["01062345678", "031186123456", "+861062345678", "02088886666", "07552345678"],
        &["01012345678", "13912345678", "02612345678", "0400123456", "4001234567", "0"],
    );
    check("imei", &["354178036859789", "490154203237518"], &["354178036859788", "123456789012347", "35417803685978"]);
    check("iccid", &["89860012345678901234", "8986061234567890123"], &["89310012345678901234", "8986"]);
    check("ipv4", &["8.8.8.8", "192.168.1.20"], &["0.0.0.0", "127.0.0.1", "256.1.1.1", "01.2.3.4", "1.2.3"]);
    check("ipv6", &["2001:db8::1", "fe80::1"], &["::", "::1", "12:30:45", "2001:db8"]);
    check(
        "email_shape",
        &["a.b+c@example.com", "x@mail.example.com.cn"],
        &[
            "icon@2x.png",
            "a..b@example.com",
            "a@b",
            "@example.com",
            "a@example..com",
            "a@-example.com",
            "a@example.c0m",
            "z***@example.com",
        ],
    );
}

#[test]
fn hidden_and_hashed() {
    check(
        "masked",
        &["138****5678", "张*", "*明", "王某某", "z***@example.com", "6222 **** **** 1234", "京A●●●45", "139xxxx5678"],
        &["", "****", "13912435687", "xx", "11010519491231002X", "某某", "** **"],
    );
    check(
        "masked_resident_id",
        &["110105********002X", "110***********1234", "1****************X", "110105xxxxxxxx0021", "110105******123"],
        &["990105********002X", "138****5678", "11010519491231002X", "******************", "6222********1234"],
    );
    check(
        "digest",
        &[
            "e10adc3949ba59abbe56e057f20f883e",
            "49ba59abbe56e057",
            "7C4A8D09CA3762AF61E59520943DC26494F8941B",
            "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
            "ba3253876aed6bc22d4a6ff53d8406c6ad864195ed144ab5c87621b6c233b548baeae6956df346ec8c17f5ea10f35ee3cbc514797ed7ddd3145464e2a0bab413",
            "4QrcOUm6Wau+VuBX8g+IPg==",
            "XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=",
            "XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg",
        ],
        &[
            "",
            "00000000000000000000000000000000",
            "6222026006705354",
            "e10adc3949ba59abbe56e057f20f883",
            "84473fb3-7e78-2895-bb5e-88ae6e30b4c7",
            "abcdefabcdefabcdefabcdefabcdefab",
            "zhang_san01",
            "4QrcOUm6Wau+VuBX8g+IPg=",
            "internationalisation-2020",
        ],
    );
}

#[test]
fn fillers() {
    check(
        "not_placeholder",
        &["13912435687", "11010519491231002X", "LSJA24U62JG269225"],
        &["111111111111111111", "13800000000", "13812345678", "123456789012345678", "987654321", "FFFFFFFFFFFF"],
    );
}

#[test]
fn names_are_sorted_and_nothing_panics() {
    assert!(super::CHECKS.is_sorted_by_key(|(name, _)| *name));
    let seeds: [&[u8]; 6] = [b"", b"0", b"\xff\xfe", "京A12345".as_bytes(), &[b'9'; 64], &[0; 18]];
    for (_, check) in super::CHECKS {
        for seed in seeds {
            for end in 0..=seed.len() {
                let _ = seed.get(..end).map(check);
            }
        }
    }
}
