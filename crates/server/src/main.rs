//! The one thing an office runs. Each sub-command lives in its module; this only chooses.

mod memory;

use clap::{Parser, Subcommand};
use satu_pintu_server::{Failure, backup, cli, desk, files, ledger, serve, staff};
use std::process::ExitCode;

/// Satu Pintu: one door to the permits of a small business.
#[derive(Parser)]
#[command(name = "satu-pintu", version, propagate_version = true)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the app and its API.
    Serve(serve::Options),
    /// Writes database and files into one archive.
    Backup(backup::BackupOptions),
    /// Brings back what `backup` wrote, onto an empty place.
    Restore(backup::RestoreOptions),
    /// Proves the ledger.
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// Proves the files.
    #[command(subcommand)]
    Files(files::verify::Command),
    /// Adds, disables and re-passwords staff accounts.
    #[command(subcommand)]
    Staff(staff::Command),
    /// What staff do with applications, over the API.
    Desk(desk::Options),
    /// Writes the pages that are the same for everybody as plain files.
    Site(cli::site::Options),
    /// Checks content and walks the paths of a rule set.
    #[command(subcommand)]
    Rules(cli::rules::Command),
    /// Verifies a permit without a network.
    #[command(subcommand)]
    Permit(cli::permit::Command),
    /// Opens the picture on standard input; `serve` runs it for every picture.
    #[command(hide = true, name = "open-picture")]
    OpenPicture,
    /// Counts working days from a day.
    Workdays(cli::workdays::Options),
    /// Computes the satisfaction index of a CSV.
    #[command(subcommand)]
    Survey(cli::survey::Command),
}

fn main() -> ExitCode {
    let done = match Program::parse().command {
        Command::Serve(options) => {
            memory::give_back();
            run(serve::run(options))
        }
        Command::Backup(options) => run(backup::backup(options)),
        Command::Restore(options) => run(backup::restore(options)),
        Command::Ledger(command) => run(ledger::run(command)),
        Command::Files(command) => run(files::verify::run(command)),
        Command::Staff(command) => run(staff::run(command)),
        Command::Desk(options) => run(desk::run(options)),
        Command::Rules(command) => return cli::rules::run(command),
        Command::Site(options) => cli::site::run(&options),
        Command::Permit(command) => cli::permit::run(&command),
        Command::OpenPicture => return files::picture::open_here(),
        Command::Workdays(options) => cli::workdays::run(&options),
        Command::Survey(command) => cli::survey::run(command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("satu-pintu: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
