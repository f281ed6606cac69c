//! Problem documents (RFC 9457). The browser turns `code` into words: `problem.<code>`.

use satu_pintu_domain::form::FieldFault;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// One Indonesian sentence that says what to do next.
    pub title: String,
    pub status: u16,
    pub code: Code,
    /// What exactly, where it helps.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FieldFault>,
}

macro_rules! codes {
    ($($(#[$m:meta])* $name:ident $status:literal $title:literal),* $(,)?) => {
        /// Stable codes of what can go wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Code { $($(#[$m])* $name),* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$name),*];
            pub fn status(self) -> u16 {
                match self { $(Code::$name => $status),* }
            }
            /// For people who meet the API without the app.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title),* }
            }
        }
    };
}

codes! {
    BadJson 400 "Isi kiriman tidak terbaca. Muat ulang halaman lalu coba lagi.",
    BadRequest 400 "Permintaan ini tidak bisa dipahami. Muat ulang halaman lalu coba lagi.",
    KeyMissing 401 "Masukkan kunci permohonan Anda.",
    KeyWrong 403 "Nomor atau kunci tidak cocok. Periksa tanda terima Anda.",
    KeyRevoked 403 "Kunci ini sudah diganti. Pakai kunci baru dari loket.",
    /// The view key was used where the manage key is needed.
    ViewOnly 403 "Kunci ini hanya untuk melihat. Pakai kunci urus dari tanda terima.",
    SignInNeeded 401 "Masuk dulu sebagai petugas.",
    SignInWrong 403 "Akun atau kata sandi salah.",
    PasswordChangeNeeded 403 "Ganti kata sandi sekali pakai dulu.",
    PasswordWeak 422 "Kata sandi paling sedikit 12 huruf dan berbeda dari yang lama.",
    /// The account has not the role for it.
    RoleLacks 403 "Peran Anda tidak mencakup tindakan ini. Minta petugas yang berwenang.",
    /// The file has changed since the caller read it.
    Stale 409 "Berkas ini sudah berubah sejak Anda membukanya. Baca perubahannya, lalu putuskan lagi.",
    /// Double control: the same person may not confirm.
    SecondNeeded 409 "Usulan ini dari Anda sendiri. Petugas lain yang harus memastikannya.",
    OriginWrong 403 "Permintaan datang dari situs lain dan ditolak.",
    NotFound 404 "Yang Anda cari tidak ada di sini. Periksa alamat atau nomornya.",
    MethodWrong 405 "Cara ini tidak tersedia untuk alamat itu.",
    NotNow 409 "Ini tidak bisa dilakukan pada tahap sekarang. Muat ulang untuk melihat tahap terbaru.",
    /// An agency of the service's standard was never asked; `override` decides all the same.
    AgencyNotAsked 409 "Ada dinas dalam standar layanan ini yang belum ditanya. Tanyai dulu, atau putuskan dengan sengaja.",
    AlreadySubmitted 409 "Permohonan ini sudah dikirim.",
    UploadConflict 409 "Bagian berkas tidak berurutan. Unggahan dilanjutkan dari bagian terakhir.",
    /// What arrived is not what was sent (460 is the status of tus for it).
    ChecksumWrong 460 "Berkas berubah di jalan. Bagian itu dikirim lagi.",
    TooLarge 413 "Kiriman terlalu besar.",
    FileTooLarge 413 "Berkas lebih dari 10 MB. Foto ulang atau perkecil lebih dulu.",
    FileEmpty 422 "Berkas ini kosong. Pilih berkas lain.",
    FileType 422 "Jenis berkas ini tidak bisa dibaca. Kirim foto JPG atau PNG, atau PDF.",
    FileHeic 422 "Foto HEIC tidak bisa dibaca. Ubah pengaturan kamera ke JPG lalu foto ulang.",
    FilePassword 422 "PDF ini memakai kata sandi. Simpan ulang tanpa kata sandi lalu kirim lagi.",
    FileDamaged 422 "Berkas ini rusak. Buka di HP Anda, simpan ulang, lalu kirim lagi.",
    /// More points than a photo has.
    FilePixels 422 "Ukuran gambar ini terlalu besar untuk dibuka. Perkecil atau foto ulang, lalu kirim lagi.",
    FilePages 422 "PDF ini lebih dari 100 halaman. Bagi menjadi beberapa berkas, lalu kirim lagi.",
    /// Scripts, programs or other files inside a PDF.
    FileActive 422 "PDF ini berisi skrip atau lampiran. Cetak menjadi PDF biasa, lalu kirim lagi.",
    /// A picture that could not be opened: not given to staff.
    FileUnsafe 409 "Gambar ini tidak bisa dibuka dengan aman. Minta pemohon memotret ulang.",
    /// Not given to staff before the virus scanner has seen it.
    FileUnscanned 409 "Berkas ini masih menunggu pemeriksaan virus. Coba lagi sebentar lagi.",
    FileInfected 409 "Pemindai menemukan virus di berkas ini. Jangan dibuka. Minta pemohon mengirim berkas lain.",
    TooManyFiles 422 "Jumlah halaman untuk syarat ini sudah penuh. Hapus satu lalu coba lagi.",
    ItemUnknown 422 "Syarat itu tidak ada pada layanan ini.",
    ServiceUnknown 422 "Layanan itu tidak diajukan di kantor ini.",
    FieldUnknown 422 "Ada isian yang tidak dikenal.",
    NotReturned 422 "Bagian itu tidak diminta untuk diperbaiki.",
    Incomplete 422 "Masih ada yang perlu dilengkapi.",
    IdempotencyMissing 400 "Kiriman ini perlu Idempotency-Key.",
    IdempotencyReused 422 "Kiriman ini sudah pernah dipakai untuk isi yang lain.",
    SurveyClosed 409 "Survei untuk masa ini sudah ditutup.",
    SurveyDone 409 "Terima kasih, jawaban Anda sudah kami terima sebelumnya.",
    SurveyCode 403 "Kode survei ini tidak dikenal. Periksa lagi hurufnya.",
    Invalid 422 "Ada isian yang perlu diperbaiki.",
    Slow 429 "Terlalu banyak percobaan. Tunggu sebentar lalu coba lagi.",
    DiskFull 507 "Penyimpanan kantor sedang penuh. Berkas Anda aman di HP; coba lagi nanti.",
    Busy 503 "Server sedang sibuk. Coba lagi sebentar lagi.",
    Broken 500 "Ada kesalahan di pihak kami. Coba lagi atau hubungi kantor.",
}
