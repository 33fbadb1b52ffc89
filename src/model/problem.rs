//! What went wrong with one place in the data: never an early return, always a line in the report.

use std::fmt;

use super::Bilingual;

/// What a problem means for the coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Everything was read; the reader of the report should know all the same.
    Note,
    /// Something was not read, so the scan is not complete.
    Unread,
}

macro_rules! problem_codes {
    ($( $variant:ident $id:literal $severity:ident $zh:literal $en:literal hint $hint_zh:literal $hint_en:literal; )*) => {
        /// Every kind of problem, with a permanent code that `exportscan explain` knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemCode { $( #[doc = $en] $variant, )* }

        impl ProblemCode {
            /// Every code, in the order of the table.
            pub const ALL: &'static [ProblemCode] = &[ $( ProblemCode::$variant, )* ];

            /// The permanent code, such as `object.unreadable`.
            pub const fn id(self) -> &'static str {
                match self { $( Self::$variant => $id, )* }
            }

            /// Whether the scan stays complete.
            pub const fn severity(self) -> Severity {
                match self { $( Self::$variant => Severity::$severity, )* }
            }

            /// What it means.
            pub fn meaning(self) -> Bilingual {
                match self { $( Self::$variant => Bilingual::new($zh, $en), )* }
            }

            /// What the reader can do.
            pub fn hint(self) -> Bilingual {
                match self { $( Self::$variant => Bilingual::new($hint_zh, $hint_en), )* }
            }
        }
    };
}

problem_codes! {
    ObjectMissing "object.missing" Unread
        "指定的路径不存在" "the named path does not exist"
        hint "请检查路径" "check the path";
    ObjectUnreadable "object.unreadable" Unread
        "文件无法打开或读取" "the file could not be opened or read"
        hint "请检查权限与存储状态后重新扫描" "check permissions and storage, then scan again";
    ObjectChanged "object.changed" Unread
        "文件在扫描过程中被改动" "the file changed while it was read"
        hint "请在数据稳定后重新扫描" "scan again when the data is at rest";
    ObjectEmpty "object.empty" Note
        "文件为空" "the file is empty"
        hint "无需处理" "nothing to do";
    ObjectTooLarge "object.too_large" Unread
        "内容须整体载入内存才能读取，但超过了上限" "it can only be read when all of it is held in memory, and it is larger than the limit for that"
        hint "请先解压，或拆分为较小的文件后重新扫描" "unpack it, or split it into smaller files, then scan those";
    ObjectPointer "object.pointer" Unread
        "文件只是指向数据的指针，并非数据本身" "the file points to data that is elsewhere"
        hint "请先取得实际数据（如 `git lfs pull`）再扫描" "fetch the data itself (`git lfs pull`), then scan again";
    ObjectVanished "object.vanished" Unread
        "列出时还在的对象，读取时已不存在" "the object was there when it was listed, and was gone when it was read"
        hint "请确认无其他程序正在移动或清理数据，然后重新扫描" "see that nothing moves or cleans up the data meanwhile, then scan again";
    PlaceDenied "place.denied" Unread
        "存储位置拒绝访问" "the place refuses access"
        hint "请检查环境变量中的凭据，以及列出与读取的权限" "check the credentials in the environment, and that they may list and read";
    PlaceUnreachable "place.unreachable" Unread
        "存储位置无法连接，或多次重试后仍未给出可用的应答" "the place cannot be reached, or gives no usable answer after several tries"
        hint "请检查地址（`--endpoint`）、网络、代理与环境变量中的凭据，然后重新扫描" "check the address (`--endpoint`), network, proxy, and the credentials in the environment, then scan again";
    FolderUnreadable "folder.unreadable" Unread
        "文件夹无法列出" "the folder could not be listed"
        hint "请检查权限" "check permissions";
    FolderLoop "folder.loop" Note
        "符号链接形成循环，已只访问一次" "a symbolic link leads back to a folder above it; it was entered once"
        hint "无需处理" "nothing to do";
    FormatUnsupported "format.unsupported" Unread
        "该格式不在读取范围内" "the format is not read"
        hint "请将内容转换为 Parquet 或 CSV 后扫描，或人工核查" "convert the content to Parquet or CSV and scan that, or check it by hand";
    FormatEncrypted "format.encrypted" Unread
        "文件已加密" "the file is encrypted"
        hint "请扫描解密后的副本" "scan a decrypted copy";
    FormatMismatch "format.mismatch" Note
        "文件内容与扩展名不符，已按内容读取" "the content is not what the file's extension says; the content was followed"
        hint "请核对文件来源" "check where the file comes from";
    ParquetCorrupt "parquet.corrupt" Unread
        "Parquet 文件损坏或不完整" "the Parquet file is damaged or cut short"
        hint "请重新生成文件" "write the file again";
    ParquetUnsupported "parquet.unsupported" Unread
        "Parquet 文件使用了无法读取的特性" "the Parquet file uses a feature that is not read"
        hint "请以常用编码重新写出" "write it again with common encodings";
    ArrowCorrupt "arrow.corrupt" Unread
        "Arrow 文件损坏或不完整" "the Arrow file is damaged or cut short"
        hint "请重新生成文件" "write the file again";
    AvroCorrupt "avro.corrupt" Unread
        "Avro 文件损坏或不完整" "the Avro file is damaged or cut short"
        hint "请重新生成文件" "write the file again";
    OrcCorrupt "orc.corrupt" Unread
        "ORC 文件损坏或不完整" "the ORC file is damaged or cut short"
        hint "请重新生成文件" "write the file again";
    TextUndecodable "text.undecodable" Unread
        "部分字节在任何受支持的编码下都无法解码" "some bytes are not text in any encoding that is read"
        hint "请确认文件编码，并转换为 UTF-8" "find the encoding and convert the file to UTF-8";
    TextRagged "text.ragged" Note
        "部分记录的列数与表头不同；多出的单元格已并入额外列" "some records have another number of cells than the header; extra cells were read as further columns"
        hint "请核对导出程序" "check the program that wrote it";
    TextPreamble "text.preamble" Note
        "表头之上有标题等说明行，未作为记录读取" "lines above the header, such as a title, were not read as rows"
        hint "请核对这些行不含需要检测的数据" "check that these lines hold no data";
    TextRecordTooLong "text.record_too_long" Unread
        "单条记录过长，疑为引号未闭合" "a record is longer than the limit; a quote is probably not closed"
        hint "请修正引号后重新扫描" "mend the quoting, then scan again";
    JsonMalformed "json.malformed" Unread
        "部分内容不是合法的 JSON，其余部分已读取" "some of it is not JSON; the rest was read"
        hint "请修正该处，或以其他程序重新导出后扫描" "mend the place, or export it again with another program, then scan again";
    JsonTooDeep "json.too_deep" Unread
        "JSON 嵌套层数过多，更深的内容未读取" "JSON is nested too deep; what is deeper was not read"
        hint "请将深层内容导出为表格后扫描" "export what is deep as a table and scan that";
    JsonTooLong "json.too_long" Unread
        "JSON 中的单个文本过长，只读取了开头部分" "a single text in JSON is too long; only its beginning was read"
        hint "此类文本多为编码后的图片等内容，请人工核查" "such texts are mostly encoded pictures and the like; check them by hand";
    JsonRecordCut "json.record_cut" Note
        "单条 JSON 记录过大，已分为多行读取，其中的标识之间可能未能关联" "a single JSON record is very large and was read as several rows; identifiers in it may not have been linked"
        hint "请核对该文件是否将多条记录合为一条" "check whether the file holds many records as one";
    XmlMalformed "xml.malformed" Unread
        "部分内容不是格式良好的 XML，其余部分已读取" "some of it is not well-formed XML; the rest was read"
        hint "请修正该处，或重新导出后扫描" "mend the place, or export it again, then scan that";
    XmlTooDeep "xml.too_deep" Unread
        "XML 元素嵌套层数过多，更深处的属性未读取" "XML elements are nested too deep; attributes of what is deeper were not read"
        hint "请将深层内容导出为表格后扫描" "export what is deep as a table and scan that";
    XmlEntity "xml.entity" Unread
        "XML 文档自定义的实体未被展开" "entities that the XML document defines itself were not expanded"
        hint "请导出不含自定义实体的文档后扫描" "export the document without entities of its own and scan that";
    SqlDamaged "sql.damaged" Unread
        "SQL 转储不完整，或其中的值无法确定起止" "the SQL dump is cut short, or has values whose ends cannot be told"
        hint "请重新导出后扫描" "export it again, then scan that";
    SqliteCorrupt "sqlite.corrupt" Unread
        "SQLite 数据库或其中的表损坏，无法完整读取" "the database, or a table of it, is damaged and was not read in full"
        hint "请用 `sqlite3 FILE .recover` 恢复为新的数据库后扫描" "recover it into a new database with `sqlite3 FILE .recover` and scan that";
    SqliteUnsettled "sqlite.unsettled" Unread
        "数据库旁有尚未并入的日志文件（-wal 或 -journal），其中的内容未读取" "changes that are not in the database yet lie in a file beside it (-wal or -journal); these were not read"
        hint "请先关闭使用该数据库的程序（或执行 `PRAGMA wal_checkpoint(TRUNCATE)`）后重新扫描" "close the programs that use it, or run `PRAGMA wal_checkpoint(TRUNCATE)`, then scan again";
    SheetCorrupt "sheet.corrupt" Unread
        "工作簿或其中的工作表损坏，无法完整读取" "the workbook, or a sheet of it, is damaged and was not read in full"
        hint "请用电子表格软件打开并另存后重新扫描" "open it in a spreadsheet program, save it again, then scan that";
    SheetPartsUnread "sheet.parts_unread" Unread
        "工作簿中除单元格外还有批注、图片或嵌入文件，未予读取" "the workbook holds comments, pictures or embedded files beside its cells, which were not read"
        hint "请人工核查这些内容，或删除后重新扫描" "check these by hand, or remove them and scan again";
    SheetDamagedNumbers "sheet.damaged_numbers" Note
        "部分单元格中的长数字已被电子表格截去末位（如身份证号末三位变为 000），原号码无法还原" "a spreadsheet has cut the last digits off long numbers in some cells, such as an identity number that ends in 000; the numbers are lost"
        hint "请从源系统以文本格式重新导出，再作人数统计" "export these columns as text from where they come from, then count again";
    DocumentPartsUnread "document.parts_unread" Unread
        "文档中除文字外还有图片或嵌入文件，未予读取" "the document holds pictures or embedded files beside its text, which were not read"
        hint "请人工核查这些内容，或删除后重新扫描" "check these by hand, or remove them and scan again";
    PdfCorrupt "pdf.corrupt" Unread
        "PDF 文件损坏或不完整，未能完整读取" "the PDF file is damaged or cut short, and was not read in full"
        hint "请重新导出或重新打印为 PDF 后扫描" "export it again, or print it to PDF again, then scan that";
    PdfTextUnread "pdf.text_unread" Unread
        "部分文字所用的字体未说明其字形对应哪些字符，无法读出" "some text is set in fonts that do not tell which characters their glyphs are, and was not read"
        hint "请人工核查这些页面，或扫描制作该 PDF 所用的原文档" "check these pages by hand, or scan the document that the PDF was made from";
    DicomCorrupt "dicom.corrupt" Unread
        "DICOM 文件损坏或不完整" "the DICOM file is damaged or cut short"
        hint "请重新导出该文件" "export the file again";
    ContentUnexamined "content.unexamined" Unread
        "仅记录了该文件的存在、类别与所附说明，未查看其画面、声音或序列内容" "that the file is there, its kind and what is written beside its content were taken in; its pictures, sounds or sequences were not looked into"
        hint "请人工核查其内容" "check its content by hand";
    CompressionCorrupt "compression.corrupt" Unread
        "压缩数据损坏或不完整" "the compressed data is damaged or cut short"
        hint "请重新压缩" "compress it again";
    ArchiveCorrupt "archive.corrupt" Unread
        "归档文件或其中的条目损坏或不完整" "the archive, or an entry of it, is damaged or cut short"
        hint "请重新打包后扫描" "pack it again, then scan that";
    ArchiveBomb "archive.bomb" Unread
        "解压后的数据量远超其存储大小的上限，其余部分未读取" "it unpacks to far more than its stored size accounts for; the rest was not read"
        hint "如确为真实数据，请先解压再扫描" "if it is real data, unpack it and scan that";
    ArchiveTooDeep "archive.too_deep" Unread
        "归档文件嵌套层数过多" "archives stand in archives too many levels deep"
        hint "请先解开外层归档再扫描" "unpack the outer archives and scan those";
    ArchiveTooManyEntries "archive.too_many_entries" Unread
        "归档文件中的条目过多，其余条目未读取" "the archive has too many entries; the rest was not read"
        hint "请先解压，再扫描所得文件夹" "unpack it and scan the folder";
    ArchiveLink "archive.link" Note
        "归档文件中有链接或设备条目，其本身不含数据" "the archive has links or devices, which hold no data of their own"
        hint "请核对所指向的数据是否也在扫描范围内" "check that what they point to is scanned too";
    ArchiveNameTooLong "archive.name_too_long" Note
        "部分条目的名称过长，显示时已截短；内容已读取" "some entries have names that are too long to show whole; their content was read"
        hint "无需处理" "nothing to do";
    ConfigExpired "config.expired" Note
        "配置中的条目已过期，不再适用" "an entry of the configuration has expired and no longer applies"
        hint "请重新核查该数据：仍然成立的，写入新的截止日期；否则删除该条目" "look at the data again: write a new date where the entry still holds, and delete it where it does not";
    ConfigUnmatched "config.unmatched" Note
        "配置中的条目没有对应到任何内容" "an entry of the configuration applies to nothing"
        hint "请核对对象、列名与识别规则；不再需要的，删除该条目" "check its object, column and detector, or delete it where it is no longer needed";
    DecoderPanicked "decoder.failed" Unread
        "解码库在该处异常终止" "the decoder gave up in the middle of the data"
        hint "请以其他工具重新写出该文件" "write the file again with another tool";
}

impl ProblemCode {
    /// The code with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id() == id)
    }
}

impl serde::Serialize for ProblemCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> serde::Deserialize<'de> for ProblemCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::from_id(&id).ok_or_else(|| serde::de::Error::custom(format!("unknown problem code `{id}`")))
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// One problem: what, in which object, where in it, and what the cause said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// The object, by its URI.
    pub object: String,
    /// The place in the object, such as `row group 3` or `byte 1048576`; empty for the whole object.
    pub place: String,
    /// What kind of problem.
    pub code: ProblemCode,
    /// The cause in the words of whoever reported it, never with a value from the data; lower case, no full stop.
    pub message: String,
}

impl Problem {
    /// A problem with a whole object.
    pub fn new(code: ProblemCode, object: impl Into<String>, message: impl Into<String>) -> Self {
        Self { object: object.into(), place: String::new(), code, message: message.into() }
    }

    /// The same problem at a place in the object.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }
}
