//! Who at the desk may do what. One person may hold several roles; that proposing and confirming take two
//! people is for [`crate::application::second`] to say.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

macro_rules! roles {
    ($($(#[$m:meta])* $name:ident $id:literal $title:literal),* $(,)?) => {
        /// What somebody is at the desk.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "kebab-case")]
        pub enum Role { $($(#[$m])* $name),* }

        impl Role {
            pub const ALL: &'static [Role] = &[$(Role::$name),*];
            pub fn id(self) -> &'static str {
                match self { $(Role::$name => $id),* }
            }
            /// For people.
            pub fn title(self) -> &'static str {
                match self { $(Role::$name => $title),* }
            }
        }
    };
}

roles! {
    FrontOffice "front-office" "Loket depan",
    BackOffice "back-office" "Pemroses berkas",
    /// Of the one agency named in the account; sees only what that agency is asked.
    Agency "agency" "Dinas teknis",
    Signer "signer" "Penanda tangan",
    Complaints "complaints" "Pengaduan",
    Head "head" "Kepala kantor",
    Administrator "administrator" "Pengelola akun",
}

/// Something the desk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Reading files and the queue; an agency only those it was asked about.
    Read,
    /// Taking a file, accepting its items, sending them back.
    Check,
    Ask,
    /// Writing down what an agency answered; an agency only for itself.
    Answer,
    Visit,
    Propose,
    /// Confirming somebody else's proposal, or objecting to it.
    Confirm,
    Issue,
    /// Proposing to take back an issued permit, and confirming or refusing what another proposed.
    Revoke,
    HandOver,
    /// A new key for an applicant, or filing in the name of one.
    Assist,
    /// Calling applicants and those who wait for a site.
    Tell,
    Notices,
    Slips,
    Figures,
    Accounts,
    /// Proposing a change of content, and agreeing to another person's.
    Content,
}

impl Deed {
    pub const ALL: &'static [Deed] = &[
        Deed::Read,
        Deed::Check,
        Deed::Ask,
        Deed::Answer,
        Deed::Visit,
        Deed::Propose,
        Deed::Confirm,
        Deed::Issue,
        Deed::Revoke,
        Deed::HandOver,
        Deed::Assist,
        Deed::Tell,
        Deed::Notices,
        Deed::Slips,
        Deed::Figures,
        Deed::Accounts,
        Deed::Content,
    ];
}

impl Role {
    pub fn may(self, deed: Deed) -> bool {
        use Deed::*;
        let deeds: &[Deed] = match self {
            Role::FrontOffice => &[Read, Check, HandOver, Assist, Tell, Notices, Slips],
            Role::BackOffice => &[Read, Check, Ask, Answer, Visit, Propose, Tell],
            Role::Agency => &[Read, Answer, Visit],
            Role::Signer => &[Read, Confirm, Issue, Revoke],
            Role::Complaints => &[Read, Tell, Notices],
            Role::Head => &[Read, Confirm, Revoke, Notices, Figures, Content],
            Role::Administrator => &[Notices, Slips, Figures, Accounts, Content],
        };
        deeds.contains(&deed)
    }
}

/// The roles of one person, written `front-office back-office`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Roles(pub Vec<Role>);

impl Roles {
    pub fn may(&self, deed: Deed) -> bool {
        self.0.iter().any(|role| role.may(deed))
    }

    /// Whether the person may do this for the agency of the account alone.
    pub fn for_agency(&self, deed: Deed) -> bool {
        self.may(deed) && self.0.iter().all(|role| *role == Role::Agency || !role.may(deed))
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self.0.iter().map(|role| role.id()).collect();
        f.write_str(&ids.join(" "))
    }
}

/// The text names something that is no role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoRole(pub String);

impl FromStr for Role {
    type Err = NoRole;
    fn from_str(text: &str) -> Result<Role, NoRole> {
        Role::ALL.iter().copied().find(|role| role.id() == text).ok_or_else(|| NoRole(text.to_owned()))
    }
}

impl FromStr for Roles {
    type Err = NoRole;
    /// Any order, any number of times; kept once each, in the order of [`Role::ALL`].
    fn from_str(text: &str) -> Result<Roles, NoRole> {
        let mut roles = text.split_whitespace().map(str::parse).collect::<Result<Vec<Role>, NoRole>>()?;
        roles.sort_unstable();
        roles.dedup();
        Ok(Roles(roles))
    }
}
