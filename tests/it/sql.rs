//! SQL dumps: every table with its columns and rows, whatever program wrote the dump.

use exportscan::read::{Limits, ObjectRef, Options, Origin};

use crate::support::{Cut, classes, corpus, scan_path, tables};

fn options(range_bytes: u64) -> Options {
    Options { batch_rows: 3, range_bytes, ..Options::default() }
}

fn object(bytes: &[u8]) -> ObjectRef {
    ObjectRef { uri: "a.sql".to_owned(), origin: Origin::memory(bytes.to_vec()), bytes: bytes.len() as u64 }
}

/// What a dump holds, however it is cut.
fn check(dump: &[u8], expected: &str) {
    let object = object(dump);
    let whole = tables(&object, &options(8 << 20));
    let expected: String =
        expected.lines().skip(1).map(|line| format!("{}\n", line.get(8..).unwrap_or_default())).collect();
    assert_eq!(whole, expected, "{}", dump.escape_ascii());
    for range_bytes in [1, 7, 40, 100] {
        assert_eq!(tables(&object, &options(range_bytes)), whole, "{range_bytes}");
    }
}

#[test]
fn dumps_of_mysql_are_read() {
    check(
        r"-- MySQL dump 10.13, it's one
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS `客户`;
CREATE TABLE `客户` (
  `id` bigint(20) NOT NULL COMMENT 'a, b',
  `姓名` varchar(64) DEFAULT NULL,
  `备注` text,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `客户` VALUES (1,'张三','it\'s; (fine), \\'),(2,'O''Neil',NULL),
(3,_binary 'x','a\nb');
INSERT INTO `客户` (`姓名`, `id`) VALUES ('李四', 4);
INSERT INTO `crm`.`订单` VALUES (0xe5bca0, -1.5, '2026-01-02 03:04:05'), (1) ON DUPLICATE KEY UPDATE a = 1;
UPDATE `客户` SET `备注` = 'changed' WHERE id = 1;
"
        .as_bytes(),
        r"
        a.sql#(statements): text
          -- MySQL dump 10.13, it's one
          /*!40101 SET NAMES utf8 */
          ;
          DROP TABLE IF EXISTS `客户`;
          a, b
          ON DUPLICATE KEY UPDATE a = 1;
          UPDATE `客户` SET `备注` = 'changed' WHERE id = 1;
        a.sql#客户: id|姓名|备注
          1|张三|it's; (fine), \
          2|O'Neil|~
          3|x|a
        b
          4|李四|~
        a.sql#订单: column_1|column_2|column_3
          张|-1.5|2026-01-02 03:04:05
          1|~|~",
    );
}

#[test]
fn dumps_of_other_databases_are_read() {
    check(
        r#"--
-- PostgreSQL database dump
--
CREATE TABLE public.users (id integer, "全 名" text, path text DEFAULT 'a'::text);
COPY public.users (id, "全 名", path) FROM stdin;
1	张三	C:\\x\ty
2	\N	it's
\.

INSERT INTO public.users VALUES (3, E'it\'s', 'C:\'), (4, 'a'::text, NULL);
CREATE FUNCTION f() RETURNS void AS $$ it's; $$;
INSERT INTO users (id) VALUES (5);
"#
        .as_bytes(),
        r"
        a.sql#(statements): text
          --
          -- PostgreSQL database dump
          --
          a
          CREATE FUNCTION f() RETURNS void AS $$ it's; $$;
        a.sql#users: id|全 名|path
          1|张三|C:\x	y
          2|~|it's
          3|it's|C:\
          4|a|~
          5|~|~",
    );
    check(
        r"USE [crm]
GO
CREATE TABLE [dbo].[t]([id] [int] NOT NULL, [born] [datetime], CONSTRAINT [x] PRIMARY KEY ([id]))
GO
INSERT [dbo].[t] ([id], [born]) VALUES (1, CAST(N'1990-03-07T00:00:00.000' AS DateTime))
INSERT [dbo].[t] ([id], [born]) VALUES (2, NULL)
GO
INSERT ALL
  INTO p (a) VALUES (q'[it's]')
  INTO q (b) VALUES (TO_DATE('1990-03-07','YYYY-MM-DD'))
SELECT * FROM dual;
"
        .as_bytes(),
        r"
        a.sql#(statements): text
          USE [crm]
          GO
          GO
          GO
          SELECT * FROM dual;
        a.sql#t: id|born
          1|1990-03-07T00:00:00.000
          2|~
        a.sql#p: a
          it's
        a.sql#q: b
          1990-03-07",
    );
}

#[test]
fn tables_of_one_name_in_two_databases_are_two() {
    check(
        b"USE a;\nINSERT INTO t VALUES (1);\nUSE b;\nINSERT INTO t VALUES (2);\nUSE a;\nINSERT INTO t VALUES (3);\n",
        r"
        a.sql#(statements): text
          USE a;
          USE b;
          USE a;
        a.sql#a.t: column_1
          1
          3
        a.sql#b.t: column_1
          2",
    );
}

#[test]
fn what_is_cut_short_is_a_problem() {
    check(
        b"INSERT INTO t VALUES (1, 'a'), (2, 'b",
        r"
        a.sql#(statements): text
        ! sql.damaged byte 31 it ends in the middle of a string, a comment or a row
        a.sql#t: column_1|column_2
          1|a",
    );
    check(
        b"COPY t (a, b) FROM stdin;\n1\t2\n3\t4",
        r"
        a.sql#(statements): text
        ! sql.damaged byte 33 it ends in the middle of a string, a comment or a row
        a.sql#t: a|b
          1|2
          3|4",
    );
}

#[test]
fn encodings_are_told() {
    let dump = "INSERT INTO `客户` VALUES ('张三诚'), ('运');\n";
    let rows = "a.sql#客户: column_1\n  张三诚\n  运\n";
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(dump.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    // 誠 and 運 have a backslash as their second byte in the encodings that such dumps are in.
    let (gb18030, ..) = encoding_rs::GB18030.encode(dump);
    for bytes in [dump.as_bytes().to_vec(), utf16, gb18030.into_owned()] {
        for range_bytes in [1, 8 << 20] {
            assert_eq!(tables(&object(&bytes), &options(range_bytes)), rows, "{}", bytes.escape_ascii());
        }
    }
}

#[test]
fn a_stream_that_is_too_long_to_hold_is_read_for_each_table() {
    let dump: String = (0..2000).map(|i| format!("INSERT INTO t{} VALUES ({i}, 'x');\n", i % 2)).collect();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, dump.as_bytes()).unwrap();
    let packed = ObjectRef { uri: "a.sql.gz".to_owned(), ..object(&encoder.finish().unwrap()) };
    let limits = Limits { held_bytes: 1000, ..Limits::default() };
    let streamed = tables(&packed, &Options { limits, ..options(100) });
    assert_eq!(streamed.replace(".sql.gz#", ".sql#"), tables(&object(dump.as_bytes()), &options(8 << 20)));
}

#[test]
fn any_bytes_end_in_rows_or_problems() {
    let dump = b"CREATE TABLE `t` (`a` int, b text);\nINSERT INTO t (a, b) VALUES (1, 'it\\'s'), (2, E'x'); -- c\nCOPY t FROM stdin;\n1\t2\n\\.\n";
    for at in 0..dump.len() {
        let (head, tail) = dump.split_at(at);
        for put in [&b""[..], b"'", b"(", b")", b"\\", b"\xff", b"/*", b"$$", b"\0"] {
            let _ = tables(&object(&[head, put, tail.get(1..).unwrap_or_default()].concat()), &options(8));
        }
        let _ = tables(&object(head), &options(8));
    }
}

#[test]
fn the_corpus_is_read() {
    let Some(corpus) = corpus() else { return };
    let totals = scan_path(&corpus.join("persons/mall_sql/document/sql/mall.sql"), Cut::default());
    assert!(totals.coverage.problems.is_empty(), "{:?}", totals.coverage.problems);
    assert!(classes(&totals, "#ums_member_receive_address").contains(&"contact.mobile".to_owned()));
    let identities = totals.objects.iter().flat_map(|object| classes(&totals, &object.uri));
    assert_eq!(identities.filter(|class| class.starts_with("identity.")).count(), 0);
    let rows = |name: &str| totals.objects.iter().find(|object| object.uri.ends_with(name)).map(|object| object.rows);
    assert_eq!((rows("#oms_order"), rows("#ums_admin")), (Some(65), Some(8)));

    let totals = scan_path(&corpus.join("persons/ruoyi_sql/sql/mysql/ruoyi-vue-pro.sql"), Cut::default());
    assert!(totals.coverage.problems.is_empty(), "{:?}", totals.coverage.problems);
    assert!(classes(&totals, "#system_users").contains(&"contact.mobile".to_owned()));
}
