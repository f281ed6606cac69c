//! Mounts the app on the page. Everything else is in the library, see `lib.rs`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    satu_pintu_app::start();
}
