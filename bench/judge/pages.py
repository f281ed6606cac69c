"""Clean pages as small traders send them: letters, forms, cards, receipts, tables. Grey, ink on paper, no photo yet."""

import pathlib
import random
import tomllib

from PIL import Image, ImageDraw, ImageFont

FONTS = pathlib.Path("/usr/share/fonts/truetype")
PLAIN = ["liberation/LiberationSans", "liberation/LiberationSerif", "dejavu/DejaVuSans", "dejavu/DejaVuSerif"]
KINDS = ["surat", "formulir", "kartu", "struk", "tabel"]

NAMES = "Sri Wahyuni,Budi Santoso,Siti Aminah,Agus Prasetyo,Dewi Lestari,Rahmat Hidayat,Nur Aisyah,Joko Susilo," \
        "Maria Goreti,I Made Wirawan,Fatimah Zahra,Hendra Gunawan,Yohana Tandi,Sulaiman Daeng,Ratna Sari".split(",")
STREETS = "Pasar Lama,Merdeka,Diponegoro,Kartini,Sudirman,Melati,Cempaka,Veteran,Pahlawan,Gajah Mada".split(",")
PLACES = "Sukamaju,Karanganyar,Tanjung Raya,Bukit Indah,Muara Jaya,Sumber Rejeki,Padang Luas,Harapan Baru".split(",")
GOODS = "beras,gula pasir,minyak goreng,telur ayam,kopi bubuk,teh celup,tepung terigu,sabun cuci,mi instan," \
        "kerupuk udang,kecap manis,garam halus,susu kental,air mineral,gas tabung".split(",")


def sentences(content):
    """What the requirement cards and guides say, sentence by sentence."""
    found = []
    for path in sorted(pathlib.Path(content).glob("words/id/**/*.toml")) + sorted(pathlib.Path(content).glob("requirements/*.toml")):
        todo = [tomllib.loads(path.read_text())]
        while todo:
            value = todo.pop()
            if isinstance(value, dict):
                todo.extend(value.values())
            elif isinstance(value, list):
                todo.extend(value)
            elif isinstance(value, str):
                found += [s.strip() + "." for s in value.replace("\n", " ").split(". ") if 4 <= len(s.split()) <= 22 and "{" not in s]
    return sorted(set(s.replace("..", ".") for s in found))


class Sheet:
    """A page that is written from top to bottom."""

    def __init__(self, rng, width, height, size, face):
        self.rng, self.size, self.face = rng, size, face
        self.paper, self.ink = rng.randint(225, 252), rng.randint(8, 70)
        self.image = Image.new("L", (width, height), self.paper)
        self.draw = ImageDraw.Draw(self.image)
        self.margin, self.y = int(width * rng.uniform(0.06, 0.1)), int(height * 0.05)

    def font(self, scale=1.0, bold=False):
        style = "Bold" if bold else ("" if "dejavu" in self.face else "Regular")
        path = FONTS / (self.face + ("-" + style if style else "") + ".ttf")
        return ImageFont.truetype(str(path), max(9, int(self.size * scale)))

    def left(self):
        return self.image.height * 0.95 - self.y

    def put(self, x, text, scale=1.0, bold=False):
        self.draw.text((x, self.y), text, font=self.font(scale, bold), fill=self.ink)

    def down(self, lines=1.0):
        self.y += int(self.size * 1.45 * lines)

    def title(self, text):
        scale, room = 1.25, self.image.width - 2 * self.margin
        while self.draw.textlength(text, font=self.font(scale, True)) > room:
            scale *= 0.95
        font = self.font(scale, True)
        width = self.draw.textlength(text, font=font)
        self.draw.text(((self.image.width - width) / 2, self.y), text, font=font, fill=self.ink)
        self.down(1.8)

    def paragraph(self, text):
        font, line, room = self.font(), "", self.image.width - 2 * self.margin
        for word in text.split():
            if self.draw.textlength(line + " " + word, font=font) > room:
                self.put(self.margin, line)
                self.down()
                line = ""
                if self.left() < self.size * 2:
                    return
            line = (line + " " + word).strip()
        self.put(self.margin, line)
        self.down(1.5)

    def rule(self, x0, x1):
        self.draw.line((x0, self.y, x1, self.y), fill=self.ink, width=max(1, self.size // 14))


def person(rng):
    return {
        "Nama": rng.choice(NAMES),
        "NIK": "".join(rng.choice("0123456789") for _ in range(16)),
        "Tempat Lahir": rng.choice(PLACES),
        "Tanggal Lahir": f"{rng.randint(1, 28)} {rng.choice(['Januari', 'Maret', 'Juni', 'Agustus', 'November'])} {rng.randint(1960, 2004)}",
        "Alamat": f"Jalan {rng.choice(STREETS)} Nomor {rng.randint(1, 140)}",
        "Desa": rng.choice(PLACES),
        "Kecamatan": rng.choice(PLACES),
        "Pekerjaan": rng.choice(["Wiraswasta", "Pedagang", "Petani", "Karyawan Swasta", "Mengurus Rumah Tangga"]),
        "Telepon": "08" + "".join(rng.choice("0123456789") for _ in range(10)),
    }


def letter(sheet, text):
    sheet.title(sheet.rng.choice(["SURAT PERNYATAAN", "SURAT KETERANGAN", "SURAT KUASA", "SURAT PERMOHONAN"]))
    sheet.paragraph("Yang bertanda tangan di bawah ini:")
    for label, value in list(person(sheet.rng).items())[:5]:
        sheet.put(sheet.margin, label)
        sheet.put(sheet.margin + sheet.size * 9, ": " + value)
        sheet.down()
    sheet.down(0.5)
    for _ in range(2):
        sheet.paragraph(" ".join(sheet.rng.sample(text, 2)))
    sheet.put(sheet.image.width - sheet.margin - sheet.size * 12, "Hormat saya,")
    sheet.down(2.5)
    sheet.put(sheet.image.width - sheet.margin - sheet.size * 12, sheet.rng.choice(NAMES))


def form(sheet, text):
    sheet.title(sheet.rng.choice(["FORMULIR PERMOHONAN IZIN", "FORMULIR PENDAFTARAN USAHA", "DAFTAR ISIAN PEMOHON"]))
    for label, value in person(sheet.rng).items():
        sheet.put(sheet.margin, label)
        sheet.put(sheet.margin + sheet.size * 10, value)
        sheet.down(1.15)
        sheet.rule(sheet.margin + sheet.size * 10, sheet.image.width - sheet.margin)
        sheet.down(0.45)
    for _ in range(2):
        sheet.paragraph(sheet.rng.choice(text))


def card(sheet, _):
    sheet.y += sheet.size
    sheet.title("KABUPATEN " + sheet.rng.choice(PLACES).upper())
    for label, value in person(sheet.rng).items():
        if sheet.left() < sheet.size * 2:
            break
        sheet.put(sheet.margin, label)
        sheet.put(sheet.margin + sheet.size * 8, ": " + value)
        sheet.down()
    x = sheet.image.width - sheet.margin - sheet.size * 7
    shade = sheet.rng.randint(110, 170)
    sheet.draw.rectangle((x, sheet.image.height * 0.3, x + sheet.size * 6, sheet.image.height * 0.3 + sheet.size * 8), fill=shade)


def receipt(sheet, _):
    sheet.title("TOKO " + sheet.rng.choice(PLACES).upper())
    sheet.put(sheet.margin, f"Jalan {sheet.rng.choice(STREETS)} {sheet.rng.randint(1, 90)}")
    sheet.down(1.5)
    while sheet.left() > sheet.size * 6:
        sheet.put(sheet.margin, f"{sheet.rng.randint(1, 9)} {sheet.rng.choice(GOODS)}")
        price = f"{sheet.rng.randint(2, 98)}.{sheet.rng.choice(['000', '500'])}"
        sheet.put(sheet.image.width - sheet.margin - sheet.draw.textlength(price, font=sheet.font()), price)
        sheet.down(1.1)
    sheet.rule(sheet.margin, sheet.image.width - sheet.margin)
    sheet.down(0.4)
    sheet.put(sheet.margin, "Jumlah", bold=True)
    sheet.down(1.4)
    sheet.put(sheet.margin, "Terima kasih atas kunjungan Anda", 0.9)


def table(sheet, text):
    sheet.title("DAFTAR BARANG DAN ALAT USAHA")
    sheet.paragraph(sheet.rng.choice(text))
    columns = [0, 0.1, 0.5, 0.7, 1]
    room = sheet.image.width - 2 * sheet.margin
    xs = [sheet.margin + int(c * room) for c in columns]
    top, row = sheet.y, 0
    while sheet.left() > sheet.size * 4:
        cells = ["No", "Nama barang", "Jumlah", "Keterangan"] if row == 0 else \
            [str(row), sheet.rng.choice(GOODS), str(sheet.rng.randint(1, 60)), sheet.rng.choice(["baik", "baru", "rusak ringan", "milik sendiri", "sewa"])]
        sheet.rule(xs[0], xs[-1])
        sheet.y += int(sheet.size * 0.3)
        for x, text_ in zip(xs, cells):
            sheet.put(x + sheet.size // 3, text_, bold=row == 0)
        sheet.down(1.15)
        row += 1
    sheet.rule(xs[0], xs[-1])
    for x in xs:
        sheet.draw.line((x, top, x, sheet.y), fill=sheet.ink, width=max(1, sheet.size // 14))


WRITERS = {"surat": letter, "formulir": form, "kartu": card, "struk": receipt, "tabel": table}
SIZES = {"surat": (28, 38), "formulir": (26, 38), "kartu": (34, 46), "struk": (24, 30), "tabel": (26, 36)}
SHAPES = {"surat": (1080, 1180), "formulir": (1080, 1200), "kartu": (1400, 880), "struk": (620, 900), "tabel": (1100, 1000)}


def page(kind, seed, text, faces=PLAIN):
    """One clean page; the same seed gives the same page."""
    rng = random.Random(f"{kind} {seed}")
    width, height = SHAPES[kind]
    size = rng.randint(*SIZES[kind])
    sheet = Sheet(rng, width, height, size, rng.choice(faces))
    WRITERS[kind](sheet, text)
    return sheet.image
