//! XML: records wherever they stand, and any fault told.

use exportscan::read::{ObjectRef, Options, Origin};

use crate::support::tables;

fn shown(xml: &[u8]) -> String {
    let object = ObjectRef { uri: "a.xml".to_owned(), bytes: xml.len() as u64, origin: Origin::memory(xml.to_vec()) };
    tables(&object, &Options::default())
}

#[test]
fn records_are_rows() {
    for (xml, table) in [
        (
            "<?xml version='1.0'?><r xmlns='u'><p id='1'><n>a</n></p><p id='2'><n>b</n><t/></p></r>",
            "a.xml: r.p[].id|r.p[].n|r.p[].t\n  [1, 2]|[a, b]|[, ]\n",
        ),
        ("<r><a>1</a><b>2 &amp; &#x4e2d;</b></r>", "a.xml: r.a|r.b\n  1|2 & 中\n"),
        ("<r><x:a xmlns:x='u' k='v'>t</x:a></r>", "a.xml: r.a.k|r.a.text\n  v|t\n"),
        ("<r><a><![CDATA[<1>]]></a><b><!-- 13800001111 --></b></r>", "a.xml: r.a|r.b\n  <1>|13800001111\n"),
        ("<r><k>a</k><v>1</v><k>b</k><v>2</v></r>", "a.xml: r.children[].k|r.children[].v\n  [a, , b, ]|[, 1, , 2]\n"),
    ] {
        assert_eq!(shown(xml.as_bytes()), table, "{xml}");
    }
    let many: String = (0..100).map(|n| format!("<row id='{n}'><v>{n}</v></row>")).collect();
    let rows = shown(format!("<list at='x'>{many}</list>").as_bytes());
    assert!(rows.contains("a.xml#list.row: id|v\n  0|0\n  1|1\n"), "{rows}");
    assert!(rows.contains("list.at\n  x\n"), "{rows}");
}

#[test]
fn faults_are_told() {
    for (xml, code, kept) in [
        ("<r><a>1</a>", "xml.malformed", "1"),
        ("<r><a>1</b></r>", "xml.malformed", "1"),
        ("<r><a>1</a><b <c>2</c></r>", "xml.malformed", "1"),
        ("<!DOCTYPE r [<!ENTITY e 'x'>]><r><a>&e;1</a></r>", "xml.entity", "1"),
    ] {
        let shown = shown(xml.as_bytes());
        assert!(shown.contains(code) && shown.contains(kept), "{xml}: {shown}");
    }
    let deep = format!("<?xml version='1.0'?>{}", "<a>".repeat(100_000));
    assert!(shown(deep.as_bytes()).contains("! xml.too_deep"));
    let deep = format!("<?xml version='1.0'?>{}13800001111{}", "<a>".repeat(500), "</a>".repeat(500));
    let deep = shown(deep.as_bytes());
    assert!(deep.contains("! xml.too_deep") && deep.contains("13800001111"), "{deep}");
}

/// Entities in entities, which would unfold to gigabytes, are not unfolded at all.
#[test]
fn entities_do_not_unfold() {
    let levels: String = (1..30).map(|n| format!("<!ENTITY e{n} '&e{0};&e{0};'>", n - 1)).collect();
    let xml = format!("<!DOCTYPE r [<!ENTITY e0 'ha'>{levels}]><r><a>&e29;</a></r>");
    let shown = shown(xml.as_bytes());
    assert!(shown.contains("! xml.entity") && shown.len() < 1000, "{shown}");
}

#[test]
fn damage_ends_in_rows_and_problems() {
    let xml = "<?xml version='1.0'?><r><p id='1'><n>张三</n><m/></p><!-- c --><p id='2'><n>&lt;</n></p></r>".as_bytes();
    for at in 0..xml.len() {
        let mut damaged = xml.to_vec();
        damaged[at] ^= 0xff;
        let _ = shown(&damaged);
        damaged[at] = b'<';
        let _ = shown(&damaged);
        let cut = shown(&xml[..at]);
        assert!(cut.contains("! ") || at < 22, "{at}: {cut}");
    }
}
