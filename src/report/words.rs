//! The labels of text and page, each once per language; whole sentences are in `say`.

use crate::decide::{Category, Status};
use crate::model::{Confidence, Language, Severity};

macro_rules! words {
    ($( $name:ident $zh:literal $en:literal; )*) => {
        /// The labels in one language.
        #[derive(Debug)]
        pub(super) struct Words { $( pub(super) $name: &'static str, )* }

        const ZH: Words = Words { $( $name: $zh, )* };
        const EN: Words = Words { $( $name: $en, )* };
    };
}

words! {
    language "zh-CN" "en";
    document "数据出境判定报告" "Data export report";
    subtitle "依据数据出境负面清单，对数据本身进行扫描后作出的判定" "What the negative list asks for, decided from the data itself";
    verdict "结论" "Verdict";
    procedure "须先办理" "File first";
    certainty "确定程度" "Certainty";
    because "依据条款" "Because of";
    persons "自然人" "Persons";
    columns_concerned "涉及的列" "Columns";
    coverage "扫描范围" "Coverage";
    superseded "版本提示" "Edition";
    branches "补充事实后的结论" "Outcome by the missing facts";
    branches_then "则" "then";
    any "任意" "any";
    any_other "其余各项" "any other";
    give "如何补充" "Give them by";
    how_to_give "如何提供" "How to give the missing facts";
    facts "已提供的事实" "Facts as given";
    unread "未读取" "not read";
    note "提示" "note";
    rows_of "清单条款" "Rows of the list";
    remarks_of_list "清单说明" "Remarks of the list";
    pointed_out "仅作提示" "pointed out";
    pointed_out_note
        "仅作提示，不影响结论：另有现行规定作了不同规定。"
        "Pointed out only, no part of the verdict: another rule in force says otherwise.";
    objects "对象与列" "Objects and columns";
    glossary "用语说明" "Terms";
    citation "引用方式" "How to cite";
    list "清单" "List";
    row "条款" "Row";
    rows "行" "rows";
    status "状态" "Status";
    what_it_says "内容" "What it says";
    threshold "门槛" "threshold";
    missing "缺少事实" "Missing facts";
    remark "备注" "Remark";
    source "来源" "Source";
    rests_on "所依据的数据" "Rests on";
    column "列" "Column";
    class "数据类别" "What it is";
    confidence "置信度" "Confidence";
    share "占比" "Share";
    spoke "依据" "Because";
    against "反证" "against";
    samples "样例（已掩码）" "Samples (masked)";
    area "地理范围" "area";
    record "整体" "As a whole";
    group "人群" "Group";
    best "去重后" "Best";
    at_least "下限" "At least";
    at_most "上限" "At most";
    all_persons "全部自然人" "All persons";
    sensitive "含敏感个人信息" "With sensitive personal information";
    other "仅含非敏感个人信息" "With non-sensitive personal information only";
    by_class "按数据类别" "By class of data";
    against_thresholds "与清单门槛对照" "Against the thresholds of the list";
    axis "自然人（对数刻度）" "persons, logarithmic scale";
    legend
        "色条：去重后人数；横线：下限至上限；竖线：门槛；虚线：由更严的条款接替；底色：达到的范围。"
        "Bar: best. Line across: at least to at most. Upright: threshold. Dashed: from here a stricter row takes over. Shaded: where the row is reached.";
    merging "如何区分与归并自然人" "How persons were told apart and joined";
    why_bounds "三个数字为何不同" "Why the three figures differ";
    across "跨数据归并" "Joined across data sets";
    shared_heading "多人共用的标识" "Shared identifiers";
    identifier "标识" "Identifier";
    distinct "不同值" "Distinct";
    of_one "属于一人" "One person's";
    of_several "多人共用" "Shared";
    told_by_it "以此区分的人" "Told apart by it";
    joined_by_it "以此归并的人" "Joined by it";
    in_several "同时见于" "Found in all of";
    held_value "所持的值" "the value you hold";
    can_be "形式上可为" "it can be";
    found_as "查得为" "Found as";
    seen "见于" "Seen in";
    whose "归属" "Whose";
    path "如何由所持的值到此人" "How it leads to the person";
    others_of_person "此人的其他标识" "What else is theirs";
    how_counted "此人如何计数" "How the person counts";
    best_one "去重后：计 1 人，依据 " "Best: 1 person, by ";
    walk_is_cut
        "与该标识相关的提及过多，仅追踪了其中一部分；以下只反映已查看的部分。"
        "More mentions hang together with it than are followed; what stands here holds for those that were looked at.";
    place "位置" "Place";
    cause "原因" "Cause";
    hint "建议" "What to do";
    object "对象" "Object";
    not_given "未提供" "not given";
    none_claimed "未主张" "none claimed";
    yes "是" "yes";
    no "否" "no";
    colon "：" ": ";
    separator "；" "; ";
    open_bracket "（" " (";
    close_bracket "）" ")";
    comma "、" ", ";
    or "或者" " or ";
    legal_note
        "本结论依所扫描的数据作出，仅供判断之用，不构成法律意见。告知、单独同意、个人信息保护影响评估等义务不因此免除。"
        "Decided by the data as scanned; not legal advice. Notice, separate consent and impact assessment remain due where the law asks for them.";
    masked_note
        "样例均已掩码，报告不含任何原始值。"
        "Samples are masked; the report holds no value from the data.";
    what_it_is "判定结果" "What it is";
    what_it_is_not "其他候选" "What else was considered";
    too_weak "证据不足的候选（0 分以下）" "Too little speaks for it (below 0)";
    none "无" "none";
    counted_as "计数方式" "Counted";
    header_words "表头" "Header";
    cells "单元格" "Cells";
    lengths "长度" "Lengths";
    shapes "形态" "Shapes";
    part_of "所属记录" "Part of";
    year_to_date "当年累计" "Year to date";
    number "编号" "No.";
    day "出境日期" "Day of export";
    recipient "境外接收方" "Recipient";
    industry "行业" "Industry";
    scenario "业务场景" "Scenario";
    exporter "数据处理者" "Exporter";
    counts "计入累计" "Counts";
    counted_persons "自然人" "Persons";
    of_them_sensitive "其中敏感" "Sensitive";
    recorded "登记时间" "Recorded";
    hash "摘要" "Hash";
    previous "前一条摘要" "Previous";
    tally "统计文件摘要" "Tally";
    signer "签名公钥" "Signed by";
    not_signed "未签名" "not signed";
    config "配置" "Configuration";
    entry "条目" "Entry";
    line "行号" "Line";
    effect "效果" "Effect";
    until "截至" "Until";
    reason "理由" "Reason";
    role "角色" "role";
    accept "搁置" "set aside";
    set_aside "已搁置" "set aside";
    declared "声明为" "declared";
    nothing "无" "nothing";
    expired "已过期，不适用" "expired, no longer applies";
    unmatched "未对应到任何内容" "applies to nothing";
    sample "样例（已掩码）" "Sample (masked)";
    contents_whole
        "名称过长的仅显示首尾；完整内容见 report.json（`--out DIR`）。"
        "Long names are shown without their middle; report.json (`--out DIR`) has everything in full.";
}

impl Words {
    /// The labels in `language`.
    pub(super) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    /// Where a row stands.
    pub(super) const fn status_of(language: Language, status: Status) -> &'static str {
        let (zh, en) = match status {
            Status::Reached => ("已达到", "reached"),
            Status::NotReached => ("未达到", "not reached"),
            Status::Uncertain => ("不确定", "uncertain"),
            Status::NeedsFacts => ("需补充事实", "needs facts"),
            Status::UnknownText => ("文本未公开", "text not public"),
            Status::Exempt => ("豁免", "exempt"),
        };
        pick(language, zh, en)
    }

    /// What an export has to go through.
    pub(super) const fn category(language: Language, category: Category) -> &'static str {
        let (zh, en) = match category {
            Category::I => ("Ⅰ类", "Category I"),
            Category::II => ("Ⅱ类", "Category II"),
            Category::None => ("未达到", "No row reached"),
            Category::Undetermined => ("尚不能判定", "Undetermined"),
            Category::NotApplicable => ("不适用", "Not applicable"),
        };
        pick(language, zh, en)
    }

    /// How sure a finding is.
    pub(super) const fn confidence_of(language: Language, confidence: Confidence) -> &'static str {
        let (zh, en) = match confidence {
            Confidence::High => ("高", "high"),
            Confidence::Medium => ("中", "medium"),
            Confidence::Low => ("低", "low"),
        };
        pick(language, zh, en)
    }

    /// What a problem means for the coverage.
    pub(super) const fn severity(language: Language, severity: Severity) -> &'static str {
        match severity {
            Severity::Unread => Self::of(language).unread,
            Severity::Note => Self::of(language).note,
        }
    }

    /// What spoke for or against a finding; a word without a name of its own is shown as it is.
    pub(super) fn evidence(language: Language, what: &str) -> String {
        named(language, what, EVIDENCE)
    }

    /// What a facet measures; a word without a name of its own is shown as it is.
    pub(super) fn facet(language: Language, name: &str) -> String {
        named(language, name, FACETS)
    }

    /// What a reader of the report must know, term by term.
    pub(super) fn terms(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
        GLOSSARY.iter().map(move |(zh, en)| match language {
            Language::Zh => *zh,
            Language::En => *en,
        })
    }
}

const fn pick(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

fn named(language: Language, id: &str, names: &[(&str, &'static str, &'static str)]) -> String {
    names
        .iter()
        .find(|(known, _, _)| *known == id)
        .map_or_else(|| id.replace('_', " "), |(_, zh, en)| pick(language, zh, en).to_owned())
}

const EVIDENCE: &[(&str, &str, &str)] = &[
    ("header", "表头", "header"),
    ("header_weak", "表头近似", "similar header"),
    ("header_against", "表头另有所指", "header says otherwise"),
    ("header_silent", "表头未提及", "header says nothing of it"),
    ("no_header", "无表头佐证", "no header"),
    ("checksum", "校验码", "check digit"),
    ("pattern", "格式", "pattern"),
    ("masked", "部分遮盖（去标识化）", "partly masked (de-identified)"),
    ("hashed", "散列或加密（去标识化）", "hashed or encrypted (de-identified)"),
    ("words", "词表", "word list"),
    ("values", "取值", "values"),
    ("values_against", "取值不符", "values do not fit"),
    ("mixed", "混有其他取值", "among other values"),
    ("few_values", "取值种类过少", "few distinct values"),
    ("neighbour_against", "相邻列另有所指", "neighbours say otherwise"),
    ("neighbour", "相邻列", "neighbours"),
    ("inside_text", "位于自由文本中", "inside text"),
    ("leaps", "相邻位置间速度超过车辆", "faster than any vehicle"),
    ("moves", "随时间连续移动", "moves as time goes on"),
    ("stands", "位置始终不变", "never moves"),
    ("label", "文中有名称说明", "named in the text"),
    ("label_weak", "文中有相近名称", "named in the text, perhaps"),
    ("companion", "与同列数据并存", "beside its like"),
    ("code_table", "属代码对照表", "a code table"),
    ("roles", "各列齐备", "columns that belong together"),
    ("in_areas", "位于给定区域内", "in the areas given"),
    ("supports", "旁证列", "supporting columns"),
    ("against", "存在相反的列", "columns that say otherwise"),
    ("declared", "使用者声明", "declared by the user"),
    ("not_sure_enough", "低于配置的置信度", "below the configured confidence"),
    ("sure_columns", "组成列确定", "sure of its columns"),
];

const FACETS: &[(&str, &str, &str)] = &[
    ("first_time", "最早时间", "first time"),
    ("last_time", "最晚时间", "last time"),
    ("west_degrees", "西界（度）", "west edge (degrees)"),
    ("south_degrees", "南界（度）", "south edge (degrees)"),
    ("east_degrees", "东界（度）", "east edge (degrees)"),
    ("north_degrees", "北界（度）", "north edge (degrees)"),
    ("areas", "涉及区域数", "areas"),
    ("area_names", "涉及区域", "names of the areas"),
    ("distinct_station", "充电站数", "stations"),
    ("distinct_pile", "充电桩数", "piles"),
    ("distinct_connector", "充电接口数", "connectors"),
    ("sum_energy", "电量合计", "energy in all"),
    ("sum_amount", "金额合计", "amount in all"),
    ("sum_fast_count", "快充桩合计", "fast piles in all"),
    ("sum_slow_count", "慢充桩合计", "slow piles in all"),
    ("sum_charge_count", "充电次数合计", "charges in all"),
    ("sum_flow_count", "流量合计", "flow in all"),
];

type Entry = (&'static str, &'static str);

const GLOSSARY: &[(Entry, Entry)] = &[
    (
        ("去重后", "同一自然人的各种标识（身份证件、手机号码、账号、车辆等）相互关联之后的自然人数量，每人只计一次。"),
        (
            "Best",
            "Natural persons after linking the identifiers of one person (cards, numbers, accounts, vehicles); each counts once.",
        ),
    ),
    (
        ("下限", "即使凡有共同标识的都视为同一人，也不会少于的人数。达到门槛的结论以下限为准时，才称为确定。"),
        (
            "At least",
            "What nobody can dispute: the count when everything that shares an identifier is one person. A threshold is reached for certain when this figure reaches it.",
        ),
    ),
    (
        ("上限", "即使不同种类的标识互不关联，也不会超过的人数。上限低于门槛时，才称为确定未达到。"),
        (
            "At most",
            "What nobody can exceed: the count when identifiers of different kinds are never linked. A threshold is missed for certain when this figure is below it.",
        ),
    ),
    (
        ("无法归属的行", "含有个人信息、但没有任何标识可以区分个人的行；不计入人数，可能影响结论时，结论不称为确定。"),
        (
            "Unattributed rows",
            "Rows about persons in which nothing tells one person from another. They are not counted, and a verdict that they could change is not certain.",
        ),
    ),
    (
        ("敏感个人信息", "以作出结论的清单所列范围为准；同一人只要有一行涉及，即计入含敏感个人信息的人数。"),
        (
            "Sensitive",
            "As the list that makes the verdict defines it. A person of whom any row says something sensitive counts as sensitive.",
        ),
    ),
    (
        ("置信度", "高：专业人员不会有疑问；中：很可能如此；低：仅供提示，不计入人数，也不作为判定依据。"),
        (
            "Confidence",
            "High: an expert would not doubt it. Medium: more likely than not. Low: shown, but neither counted nor decided on.",
        ),
    ),
    (
        ("占比", "该列非空单元格中符合该类别的比例。"),
        ("Share", "Cells that fit the class, of the cells of the column that are not empty."),
    ),
    (
        ("不确定", "门槛落在下限与上限之间，或者数据本身留有疑问；此时按较严的程序作出结论。"),
        (
            "Uncertain",
            "The threshold lies between the two bounds, or the data leave the row open; the stricter procedure then makes the verdict.",
        ),
    ),
    (
        ("需补充事实", "取决于扫描无法得知的事实，例如行业、业务场景；未提供的事实一律视为未知，不作推定。"),
        (
            "Needs facts",
            "A fact that no scan can see decides, such as the industry or the scenario. What is not given is unknown, never assumed.",
        ),
    ),
    (
        ("文本未公开", "清单中有该条，但其内容未见公开；不能据此认定可以出境。"),
        ("Text not public", "The list has the row, but its text is not public; it can never make an export free."),
    ),
    (
        ("扫描范围", "找到、读取、未能读取的对象。有任何内容未读取的，不作“未达到”的确定结论。"),
        ("Coverage", "What was found, read and not read. While anything is unread, no export is called free."),
    ),
];
