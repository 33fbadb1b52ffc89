"""What a competent user tells a tool about Chinese data in an afternoon: forms, check digits and words of headers.

Each tool is given as much of it as it can express.
"""

from collections.abc import Callable
from dataclasses import dataclass

SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹章苏潘葛范彭鲁马方任袁柳鲍史唐费岑薛雷贺倪汤罗毕郝"
    "安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛狄戴宋庞熊纪舒项祝董梁杜阮蓝闵季贾江郭梅林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫"
    "房解应丁邓郁单洪包左石崔龚程邢裴陆翁段侯武刘龙叶白赖卓池乔温庄晏柴瞿阎连习艾容向古易廖终居耿满文寇东欧利师聂关荆游"
    "权盖桓曾沙肖付闫代苗曲牛覃车隋党申辛冉苟谭涂焦尚靳甘詹"
)
COMPOUND_SURNAMES = "欧阳|上官|司马|诸葛|皇甫|尉迟|慕容|令狐|夏侯|司徒|端木|公孙|东方|独孤|南宫"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
DATE = r"(?:19|20)\d{2}[-/.年]?(?:0?[1-9]|1[0-2])[-/.月]?(?:0?[1-9]|[12]\d|3[01])日?"
HASH = r"[0-9A-Fa-f]{32}(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{32})?"
BIRTH = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"


def mod_11_2(text):
    """The check of identity numbers (GB 11643)."""
    if "*" in text:
        return True
    total = sum(int(digit) * (2 ** (17 - at) % 11) for at, digit in enumerate(text[:17]))
    return "10X98765432"[total % 11] == text[17].upper()


def luhn(text):
    """The check of cards and IMEIs."""
    if "*" in text:
        return True
    digits = [int(digit) for digit in reversed(text) if digit.isdigit()]
    return sum(digit if at % 2 == 0 else digit * 2 - 9 * (digit > 4) for at, digit in enumerate(digits)) % 10 == 0


def vin_check(text):
    """The check of vehicle identification numbers (GB 16735)."""
    letters = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
    values = dict(zip(letters, [*range(10), *range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)], strict=True))
    weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    total = sum(values[letter] * weight for letter, weight in zip(text.upper(), weights))
    return "0123456789X"[total % 11] == text[8].upper()


def uscc_check(text):
    """The check of unified social credit codes (GB 32100)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(letter) * pow(3, at, 31) for at, letter in enumerate(text[:17].upper()))
    return alphabet[-total % 31] == text[17].upper()


@dataclass
class Known:
    """A class: forms that tell it alone, forms that need a header, its check, and words of headers."""

    strong: tuple = ()
    weak: tuple = ()
    check: Callable | None = None
    words: str = ""


KNOWN = {
    "identity.resident_id": Known(
        strong=(rf"[1-7]\d{{5}}{BIRTH}\d{{3}}[\dXx]", r"(?=.{18}$)[1-7]\d{2,5}\*+[\dXx]{1,4}"),
        weak=(HASH,),
        check=lambda text: len(text) > 18 or mod_11_2(text),
        words="身份证 证件号 公民身份 id_card id_no id_num identity cert_no national_id document_no sfz zjhm",
    ),
    "identity.residence_permit": Known(
        strong=(rf"8[123]0000{BIRTH}\d{{3}}[\dXx]",), check=mod_11_2, words="居住证 residence_permit jzz"
    ),
    "identity.foreign_residence": Known(
        strong=(rf"9\d{{5}}{BIRTH}\d{{3}}[\dXx]",),
        weak=(r"[A-Z]{3}\d{12}",),
        check=lambda text: len(text) == 15 or mod_11_2(text),
        words="永久居留 外国人居留 permanent_residence",
    ),
    "identity.travel_permit": Known(
        strong=(r"[HM]\d{8}(?:\d{2})?",),
        weak=(r"\d{8}",),
        words="通行证 回乡证 台胞证 证件号 travel_permit document_no txz",
    ),
    "identity.hmt_card": Known(
        strong=(r"[A-Z]{1,2}\d{6}\([0-9A]\)",),
        weak=(r"[A-Z]{1,2}\d{6,9}",),
        words="香港身份证 澳门身份证 台湾身份证 hkid",
    ),
    "identity.passport": Known(
        strong=(r"[EGDSP]\d{8}",),
        weak=(r"E[A-HJ-NP-Z]\d{7}", r"[A-Z]{0,2}\d{6,9}"),
        words="护照 证件号 passport document_no hzhm hzh",
    ),
    "identity.military": Known(
        strong=(r"[军兵士文职官海空参政后装北沈兰济南广成]{1,4}字第?\d{4,8}号?",),
        words="军官证 士兵证 军人证 军人 military",
    ),
    "identity.driver_licence": Known(
        weak=(r"\d{17}[\dXx]", r"\d{12}"), words="驾驶证号 驾照 driver_licen driving_licen jszh jzh"
    ),
    "identity.driver_file": Known(weak=(r"\d{12}",), words="档案编号 驾驶证档案 driver_file file_no dabh"),
    "identity.social_security": Known(
        strong=(r"\d{3}-\d{2}-\d{4}",),
        weak=(r"[A-Z]?\d{8,10}", r"\d{17}[\dXx]"),
        words="社保 社会保障 医保卡 医保号 social_security ssn sbkh ybkh",
    ),
    "contact.mobile": Known(
        strong=(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?:\.0)?", r"1[3-9]\d\*{4}\d{4}"),
        weak=(r"\+\d{6,15}", HASH),
        words="手机 电话 联系方式 mobile phone cell tel sjh sjhm lxdh lxfs",
    ),
    "contact.landline": Known(
        strong=(r"(?:\+?86[- ]?)?(?:0\d{2,3}-|\(0\d{2,3}\) ?)[2-8]\d{6,7}(?:-\d{1,5})?",),
        weak=(r"(?:0\d{2,3} ?)?[2-8]\d{6,7}",),
        words="固话 固定电话 座机 电话 landline telephone home_phone tel gddh zjdh",
    ),
    "contact.email": Known(
        strong=(r"[A-Za-z0-9._%+*-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}",), words="邮箱 邮件 mail yx dzyx"
    ),
    "contact.address": Known(
        strong=(
            r"(?:.{2,8}(?:省|自治区|市))?.{1,8}(?:市|区|县|旗|州).{0,20}"
            r"(?:路|街|道|巷|弄|镇|乡|村|园|小区).{0,40}\d.{0,20}",
        ),
        weak=(r"(?=.*[一-鿿 ])\S.{7,}",),
        words="地址 住址 住所 户籍 address addr lxdz jtdz shdz xxdz",
    ),
    "person.name": Known(
        strong=(rf"(?:[{SURNAMES}]|{COMPOUND_SURNAMES})[一-鿿]{{1,2}}",),
        weak=(
            r"[一-鿿]{2,8}·[一-鿿]{2,8}",
            r"[A-Z][A-Za-z'.-]+(?: [A-Z][A-Za-z'.-]*){1,3}",
            rf"[{SURNAMES}]\*{{1,2}}[一-鿿]?",
        ),
        words="姓名 联系人 收货人 收件人 寄件人 发件人 车主 户主 司机 驾驶员 乘客 旅客 患者 病人 经办人 负责人 "
        "法人 申请人 投保人 被保险人 持卡人 受益人 医生 医师 name contact "
        "receiver consignee sender driver passenger patient xm lxr shr sjr",
    ),
    "person.birth_date": Known(
        weak=(DATE, rf"{DATE}[ T]00:00(?::00)?"), words="出生 生日 birth dob brthdtc gbdat csrq csny sr"
    ),
    "finance.bank_card": Known(
        strong=(
            r"(?:62|4\d|5[1-5]|3[47]|60|35)\d{2}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,4}(?:[ -]?\d{3})?",
            r"62\d{2,4}[ *]{6,12}\d{4}",
        ),
        check=luhn,
        words="银行卡 卡号 bank_card card_no yhk kh",
    ),
    "finance.account": Known(
        weak=(r"\d{9,25}", r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}"),
        words="银行账号 银行帐号 开户账号 收款账号 对公账号 证券账户 bank_account corporate_account iban yhzh",
    ),
    "org.uscc": Known(
        strong=(r"[159ANY][1239]\d{6}[0-9A-HJ-NPQRTUWXY]{10}",),
        check=uscc_check,
        words="信用代码 社会信用 税号 uscc credit_code tax_no tyshxydm xydm",
    ),
    "vehicle.plate": Known(
        strong=(rf"[{PROVINCES}][A-HJ-NP-Z][·\-. ]?[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳]",),
        words="车牌 号牌 牌照 plate licence_no license_no car_no car_num vehicle_no cph hphm",
    ),
    "vehicle.vin": Known(
        strong=(r"[A-HJ-NPR-Z0-9]{8}[\dX][A-HJ-NPR-Z0-9]{8}",),
        check=vin_check,
        words="车架号 识别代号 识别码 vin chassis cjh clsbdh",
    ),
    "vehicle.id": Known(weak=(r"[0-9A-Za-z-]{2,20}",), words="自编号 车辆编号 bus_id vehicle_id clzbh"),
    "vehicle.engine": Known(weak=(r"[A-Z0-9-]{6,14}",), words="发动机号 engine_no engine_num fdjh"),
    "vehicle.licence": Known(weak=(r"[0-9A-Z]{8,18}",), words="行驶证 vehicle_licen xszh"),
    "network.ip": Known(
        strong=(
            r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)",
            r"(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}",
            r"(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}",
        ),
        words="ip",
    ),
    "device.id": Known(
        strong=(r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}", r"86\d{13}"),
        weak=(r"\d{15}", r"8986\d{15,16}", r"[0-9A-Fa-f-]{12,36}"),
        words="imei imsi iccid mac 设备号 设备编号 设备标识 device oaid idfa android_id sbh",
    ),
    "account.user": Known(
        weak=(r"[A-Za-z0-9_.@-]{3,40}",),
        words="用户名 用户id 用户编号 账号 会员号 会员编号 会员id 会员卡 客户编号 客户号 客户id 买家id "
        "工号 员工编号 员工号 患者编号 患者id 病人id 病案号 就诊卡 受试者编号 儿童编码 司机编号 "
        "人员编号 学籍号 筛选号 child_code person_no staff_id hcp_code ffp_no screening_no pernr etbm "
        "user_id user_name customer_id member_id member_card cust_id cust_no student_no emp_no employee_no "
        "patient_id patient_card "
        "medical_record subject_id usubjid buyer_id employee_id staff_no driver_id openid yhid hyid khbh",
    ),
    "account.im": Known(weak=(r"[1-9]\d{4,11}", r"[A-Za-z][A-Za-z0-9_-]{5,19}"), words="微信 wechat weixin wx qq"),
    "location.point": Known(
        weak=(r"-?\d{1,3}\.\d{3,}", r"-?\d{1,3}\.\d{3,}, ?-?\d{1,3}\.\d{3,}"),
        words="经度 纬度 经纬 坐标 lng lon lat gps jd wd",
    ),
    "health.diagnosis": Known(
        weak=(r"[A-Z]\d{2}(?:\.[0-9x]{1,3}\d*)?(?:[+*].*)?", r"[一-鿿].{1,60}"),
        words="诊断 疾病 icd diag disease zd",
    ),
    "health.medication": Known(
        weak=(r"\D.{1,40}",), words="药品名 药物 用药 药名 处方 drug_name medication prescription cmtrt ypmc"
    ),
    "health.treatment": Known(weak=(r"\D.{1,60}",), words="手术 治疗 surgery operation_name treatment procedure ssmc"),
    "health.lab": Known(
        weak=(r".{1,40}",), words="检验 化验 体检结论 lab_result lab_item test_result checkup lborres jyxm jyjg"
    ),
    "health.history": Known(
        weak=(r"\D.{1,}",), words="病史 过敏史 反应史 既往 主诉 mhterm history complaint allerg gms jws zs"
    ),
    "health.admission": Known(
        weak=(r".{1,40}",),
        words="入院时间 入院日期 出院时间 出院日期 "
        "admit admission_time admission_date discharge_time discharge_date rysj cysj",
    ),
    "health.adverse_event": Known(weak=(r"\D.{1,}",), words="不良 adverse aeterm aedecod"),
    "health.imaging": Known(weak=(r"\D.{1,}",), words="影像 检查所见 findings imaging radiology"),
    "health.genetic": Known(weak=(r".{1,60}",), words="基因 变异 突变 gene_name genotype variant hgvs rsid"),
    "biometric.feature": Known(weak=(r"\S{16,}",), words="指纹 人脸 声纹 虹膜 face fingerprint iris"),
    "media.image": Known(
        weak=(r"\S+\.(?:jpe?g|png|bmp)",), words="照片 图片 图像 抓拍 头像 封面 photo image picture avatar"
    ),
    "media.audio": Known(weak=(r"\S+\.(?:wav|mp3|amr|m4a|flac)",), words="音频 录音 语音 audio voice recording"),
    "media.video": Known(weak=(r"\S+\.(?:mp4|avi|mov|mkv|flv)",), words="视频 录像 video"),
}


def words(known):
    """The words of a class, those of several parts with and without `_`."""
    return sorted({form for word in known.words.split() for form in (word, word.replace("_", ""))})


def whole(form):
    """A form that has to be the whole cell, or line."""
    return f"^(?:{form})$"


def strong(name):
    """The strong forms of a class, also inside of prose but for those that much of it would match."""
    forms = KNOWN[name].strong
    if name in {"person.name", "contact.address"}:
        return [whole(form) for form in forms]
    return [f"(?<![0-9A-Za-z])(?:{form})(?![0-9A-Za-z])" for form in forms]


# Classes that a cell tells without its header.
TOLD = [name for name, known in KNOWN.items() if known.strong]
