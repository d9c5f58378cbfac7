"""Texts that tell who a patient is, and texts that only look so. Every number is made up; check digits are computed."""

from services.exchange.domain.consultations.identity.naming import CHINA, PAKISTAN


def china(place: str, born: str, order: str) -> str:
    """A citizen identity number of China with the check digit that it needs (GB 11643-1999, table of weights)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    digits = place + born + order
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11]


def gs1(twelve: str) -> str:
    """A trade item's number with its check digit: of an EAN, a GTIN-13 or an ISBN-13."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return twelve + str(-total % 10)


def spelt(number: str, zero: str) -> str:
    """The number in the digits of another script, of which `zero` is the first."""
    return "".join(chr(ord(zero) + int(digit)) if digit.isdigit() else digit for digit in number)


MAN, WOMAN = china("653101", "19850312", "001"), china("653121", "19960229", "002")
TEN = next(number for each in range(100, 200) if (number := china("650102", "19700101", str(each))).endswith("X"))
"""One that ends in X."""
LAHORE, PESHAWAR, GILGIT, SKARDU = "3520200000011", "1730100000022", "7150100000033", "7110300000044"
FULL_WIDTH, URDU, ARABIC = "０", "۰", "٠"

WRITTEN_IN_CHINA = (
    MAN,
    f"Patient {MAN}",
    f"患者身份证号{MAN},右肝囊肿",
    f"ID{WOMAN}",
    f"id: {WOMAN}.",
    f"({WOMAN})",
    f"{MAN[:6]} {MAN[6:14]} {MAN[14:]}",
    f"{MAN[:6]}-{MAN[6:14]}-{MAN[14:]}",
    f"{MAN[:6]} - {MAN[6:14]} - {MAN[14:]}",
    f"{MAN[:6]} - {MAN[6:14]}-{MAN[14:]}",
    f"{MAN[:3]} {MAN[3:6]} {MAN[6:10]} {MAN[10:14]} {MAN[14:]}",
    " ".join(MAN),
    f"{MAN[:6]}\N{EN DASH}{MAN[6:14]}\N{EN DASH}{MAN[14:]}",
    f"{MAN[:6]}\N{NO-BREAK SPACE}{MAN[6:14]}\N{NO-BREAK SPACE}{MAN[14:]}",
    f"{MAN[:6]}.{MAN[6:14]}.{MAN[14:]}",
    f"{MAN[:9]}\N{ZERO WIDTH SPACE}{MAN[9:]}",
    f"case 12 {MAN} of 2026",
    f"{TEN}",
    f"{TEN.lower()} was seen",
    f"{TEN[:6]} {TEN[6:14]} {TEN[14:17]} X",
    f"{TEN[:17]}\N{ROMAN NUMERAL TEN}",
    spelt(TEN[:17], FULL_WIDTH) + "Ｘ",
    spelt(MAN, FULL_WIDTH),
    f"شناخت {spelt(WOMAN, URDU)}",
    spelt(WOMAN, ARABIC),
    china("110101", "19491001", "003"),
    china("542128", "20251231", "004"),
    china("810000", "19990101", "005"),
    china("830000", "19880808", "006"),
    china("965586", "19770707", "007"),
)

WRITTEN_IN_PAKISTAN = (
    "35202-0000001-1",
    "CNIC 17301-0000002-2.",
    "Father's card: 71501-0000003-3, of Gilgit",
    "CNIC35202-0000001-1",
    "82203-0000005-5 from Muzaffarabad",
    "90403-0000006-6",
    "35202 0000001 1",
    "71103 - 0000004 - 4",
    "35202\N{EN DASH}0000001\N{EN DASH}1",
    "35202\N{NON-BREAKING HYPHEN}0000001\N{NON-BREAKING HYPHEN}1",
    "35202\N{MINUS SIGN}0000001\N{MINUS SIGN}1",
    "35202\N{ARABIC TATWEEL}0000001\N{ARABIC TATWEEL}1",
    "35202_0000001_1",
    "35202\t0000001\n1",
    "35202.0000001.1",
    "35202/0000001/1",
    "35202\N{MIDDLE DOT}0000001\N{MIDDLE DOT}1",
    "CNIC 12345.0000001.1",
    "CNIC 3520 2000 0001 1",
    "CNIC: 3 5 2 0 2 0 0 0 0 0 0 1 1",
    "ID card 352-02000-00011",
    "35202-00000011",
    "352020000001-1",
    "".join(digit + "\N{COMBINING ENCLOSING KEYCAP}" for digit in LAHORE),
    "EAN 3520200000012",
    "CNIC: 1234500000011",
    "National identity card number is 3456700000011",
    f"شناختی کارڈ نمبر {spelt('9040300000011', URDU)}",
    "身份证1234500000011",
    LAHORE,
    f"her number is {PESHAWAR}",
    f"巴基斯坦身份证{GILGIT}",
    f"شناختی کارڈ نمبر {spelt(SKARDU, URDU)}",
    f"شناختی کارڈ نمبر {spelt('71103-0000004-4', URDU)}",
    spelt(LAHORE, FULL_WIDTH),
    spelt("1-0000001-35202", ARABIC),
    f"https://records.example/patient/{LAHORE}",
)

IDENTITIES = tuple((CHINA, text) for text in WRITTEN_IN_CHINA) + tuple((PAKISTAN, text) for text in WRITTEN_IN_PAKISTAN)

LOOK_ALIKES = (
    f"ISBN {gs1('978030640615')}",
    gs1("978711733332"),
    gs1("979861234567"),
    "ISBN 978-0-306-40615-7",
    "Identity and Violence, ISBN 978-0-393-32929-2",
    "ID card seen on 29.11.2026 12345",
    "3520 2000 0001 1",
    "12345.0000001.1",
    "35202.0000001 1",
    "35202.00000011",
    "0.35202/0000001.1",
    "ISBN-10 0-306-40615-2",
    "https://doi.org/10.1016/S0140-6736(20)30183-5",
    "doi:10.1007/978-3-319-24574-4_28",
    "10.1093/3520200000011",
    "10.35202/0000001-1",
    "arXiv:2606.012345",
    "0301-2345678",
    "+92 301 2345678",
    "+923012345678",
    "0092 301 2345678",
    "923012345678",
    "9203012345678",
    "+92-5811-920201",
    "(05811) 920201",
    "+86 138 0013 8000",
    "+8613800138000",
    "8613800138000",
    "0086 998 2961234",
    "86-998-2961234",
    "+3520200000011",
    "+86 10 6552 9999 8",
    "2026-11-29T20:30:00.123456Z",
    "2026-11-29 20:30, 2026-11-30 09:15",
    "20261129203000",
    "20261129203000123456",
    "1795984653699",
    "1609459200000, 1735689600000, 1790000000000",
    "mmexport1431152107625.jpg",
    "1234500000011",
    "1764447466",
    "2026-12-01/2026-12-15",
    "2001-01-08T01:00:42.586319 08/01/2001 01:00",
    "https://pacs.example/studies/20261129/1795984653699?series=12",
    "550e8400-e29b-41d4-a716-446655440000",
    "0193a1b2c3d4e5f60718293a4b5c6d7e",
    "e3520200000011f4a5b6c7d8e9f0a1b2c",
    "1.2.840.113619.2.55.3.3520200000011.781.1234",
    f"{MAN[:17]}{(int(MAN[17]) + 1) % 10}",
    f"{WOMAN[:17]}x",
    china("653101", "19850230", "001"),
    china("203101", "19850312", "001"),
    china("653101", "18991231", "001"),
    f"1{MAN}",
    f"{MAN}0",
    f"{LAHORE}7",
    f"{TEN}ray",
    "4111 1111 1111 1111",
    "6222 0200 0000 0000 000",
    gs1("544900000099"),
    f"EAN {gs1('541010000099')}",
    f"EAN {gs1('541010000099')[:12]}-{gs1('541010000099')[12:]}",
    f"GTIN-13: {gs1('340093000001')}",
    gs1("690123456789"),
    "(01)06901234567892(17)271231",
    "ORCID 0000-0002-1825-0097",
    "NCT04280705, ChiCTR2000029308",
    "Accession 2026-0012345-1, RIS0012345678901",
    "Case KSH-2026-11-00042; bed 35202",
    "Gilgit 15100 20261201",
    "05811-9202013-4",
    "WBC 12000, PLT 3500000, grade 5",
    "CAS 1234567-89-5",
)
