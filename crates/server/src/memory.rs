//! How the C library is told to give memory back.

/// Starts this program once more in its place, with the C library told to give freed memory back at once. By itself it
/// keeps what many uploads at once have used (docs/BENCH.md). It reads these settings before `main`, so they cannot be
/// made from here. Whoever has set one of them is left alone; where starting anew fails, all goes on as it is.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn give_back() {
    use std::os::unix::process::CommandExt;
    const BYTES: &str = "65536";
    const SETTINGS: [&str; 2] = ["MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"];
    if SETTINGS.iter().any(|name| std::env::var_os(name).is_some()) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut words = std::env::args_os();
    let mut again = std::process::Command::new(program);
    if let Some(name) = words.next() {
        again.arg0(name);
    }
    let _ = again.args(words).envs(SETTINGS.map(|name| (name, BYTES))).exec();
}

/// Other C libraries are left to themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back() {}
