//! `satu-pintu desk`: a client of the staff API for the counter. Output is for staff, in Indonesian.
//! [`client`] speaks HTTP, [`session`] keeps the cookie, [`show`] prints; the sub-commands are in [`verbs`].

mod client;
mod options;
mod prompt;
mod session;
pub mod show;
mod survey;
mod verbs;

pub use options::Options;

use crate::Failure;
use client::Client;
use options::Verb;

/// # Errors
/// A sentence for the terminal.
pub async fn run(options: Options) -> Result<(), Failure> {
    let mut client = Client::new(&options.server, options.ca.as_deref())?;
    match options.verb {
        Verb::SignIn { account, password_stdin, new_password_stdin } => {
            verbs::sign_in(&mut client, &account, password_stdin, new_password_stdin).await
        }
        Verb::SignOut => verbs::sign_out(&mut client).await,
        Verb::List { to_call } => show::list(&client, to_call).await,
        Verb::Show { number } => show::dossier(&client, &number).await,
        Verb::Files { number, to } => verbs::files(&client, &number, &to).await,
        Verb::Survey(verb) => survey::run(&client, verb).await,
        Verb::Notice(verb) => verbs::notice(&client, verb).await,
        Verb::Called { id } => verbs::called(&client, &id).await,
        Verb::Act(act) => verbs::act(&client, act).await,
    }
}
