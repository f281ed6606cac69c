fn main() {
    #[cfg(target_arch = "wasm32")]
    satu_pintu_app::start(satu_pintu_app::program::READ);
}
