//! Who asks. A page without a session leads to the sign-in and back; a form without one keeps what was typed.

use super::form::Typed;
use super::page;
use super::sign;
use crate::app::Shared;
use crate::problem::Fault;
use crate::staff::session::{Signed, Staff};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use satu_pintu_api::problem::Code;

/// Somebody who reads a page.
pub struct Clerk(pub Staff);

impl FromRequestParts<Shared> for Clerk {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Response> {
        let signed = Signed::by_cookie(app, &parts.headers).await;
        signed.and_then(|signed| signed.staff(None)).map(Clerk).map_err(|fault| match fault.code {
            Code::SignInNeeded => Redirect::to(&sign::leading_to(parts.uri.path())).into_response(),
            Code::PasswordChangeNeeded => Redirect::to("/loket/sandi").into_response(),
            _ => page::fault(None, &fault),
        })
    }
}

/// Somebody who posts a form, and what is in it. `seq` is the last line of the ledger that the page showed.
pub struct Posted(pub Staff, pub Typed);

impl FromRequest<Shared> for Posted {
    type Rejection = Response;
    async fn from_request(request: Request, app: &Shared) -> Result<Self, Response> {
        let refused = |fault: Fault| page::fault(None, &fault);
        let (parts, typed) = Typed::posted(app, request).await.map_err(refused)?;
        let signed = match Signed::by_cookie(app, &parts.headers).await {
            Err(fault) if fault.code == Code::SignInNeeded => {
                return Err(sign::again(parts.uri.path(), &typed, "", None));
            }
            other => other.map_err(refused)?,
        };
        let seen = Some(typed.get("seq")).filter(|seq| !seq.is_empty());
        let seen = seen.map(str::parse).transpose().map_err(|_| refused(Code::BadRequest.into()))?;
        match signed.staff(seen) {
            Ok(staff) => Ok(Posted(staff, typed)),
            Err(fault) if fault.code == Code::PasswordChangeNeeded => Err(Redirect::to("/loket/sandi").into_response()),
            Err(fault) => Err(refused(fault)),
        }
    }
}
