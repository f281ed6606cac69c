//! Speaking HTTP to the server: JSON in and out, problems as their sentence.

use super::session;
use crate::Failure;
use bytes::Bytes;
use reqwest::{Method, Response, StatusCode, header};
use satu_pintu_api::BASE;
use satu_pintu_api::catalog::Catalog;
use satu_pintu_api::problem::{Code, Problem};
use satu_pintu_domain::content::Office;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::Path;

pub struct Client {
    pub server: String,
    http: reqwest::Client,
    cookie: Option<String>,
}

impl Client {
    /// # Errors
    /// When the address is not one, or the kept session cannot be read.
    pub fn new(server: &str, ca: Option<&Path>) -> Result<Client, Failure> {
        crate::tls::provider();
        let server = server.trim_end_matches('/').to_owned();
        if !server.starts_with("http://") && !server.starts_with("https://") {
            return Err(format!("alamat server {server} harus diawali http:// atau https://").into());
        }
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(std::time::Duration::from_secs(10));
        if let Some(ca) = ca {
            let pem = std::fs::read(ca).map_err(|e| format!("{} tidak terbaca: {e}", ca.display()))?;
            http = http.tls_certs_merge(reqwest::Certificate::from_pem_bundle(&pem)?);
        } else if server.starts_with("http://") {
            // A bare machine has no certificates to trust, and none are needed.
            http = http.tls_certs_only([]);
        }
        let http = http.build()?;
        let cookie = session::load(&server)?;
        Ok(Client { server, http, cookie })
    }

    async fn send(&self, method: Method, path: &str, body: Option<Vec<u8>>) -> Result<Response, Failure> {
        let mut request = self.http.request(method, format!("{}{BASE}{path}", self.server));
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(body) = body {
            request = request.header(header::CONTENT_TYPE, "application/json").body(body);
        }
        let response = request.send().await.map_err(|e| {
            let why = if e.is_connect() { "tidak bisa dihubungi" } else { "tidak menjawab dengan benar" };
            format!("server {} {why}: {}", self.server, root(&e))
        })?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let bytes = response.bytes().await.unwrap_or_default();
        Err(sentence(status, &bytes).into())
    }

    /// # Errors
    /// The problem as a sentence.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        Ok(self.send(Method::GET, path, None).await?.json().await?)
    }

    /// # Errors
    /// The problem as a sentence.
    pub async fn bytes(&self, path: &str) -> Result<Bytes, Failure> {
        Ok(self.send(Method::GET, path, None).await?.bytes().await?)
    }

    /// Sends JSON and reads JSON.
    ///
    /// # Errors
    /// The problem as a sentence.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, Failure> {
        Ok(self.send(Method::POST, path, Some(serde_json::to_vec(body)?)).await?.json().await?)
    }

    /// Sends JSON and expects nothing.
    ///
    /// # Errors
    /// The problem as a sentence.
    pub async fn tell(&self, method: Method, path: &str, body: Option<&impl Serialize>) -> Result<(), Failure> {
        let body = body.map(serde_json::to_vec).transpose()?;
        self.send(method, path, body).await.map(|_| ())
    }

    /// Signs in: keeps the cookie for this and later calls.
    ///
    /// # Errors
    /// The problem as a sentence.
    pub async fn sign_in<T: DeserializeOwned>(&mut self, body: &impl Serialize) -> Result<T, Failure> {
        self.cookie = None;
        let response = self.send(Method::POST, "/staff/session", Some(serde_json::to_vec(body)?)).await?;
        let cookie = response.headers().get(header::SET_COOKIE).and_then(|v| v.to_str().ok());
        let cookie = cookie.and_then(|v| v.split(';').next()).map(str::to_owned);
        session::save(&self.server, cookie.as_deref())?;
        self.cookie = cookie;
        Ok(response.json().await?)
    }

    /// Forgets the session.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget(&mut self) -> Result<(), Failure> {
        self.cookie = None;
        session::save(&self.server, None)
    }

    /// The office: its zone, its agencies.
    ///
    /// # Errors
    /// The problem as a sentence.
    pub async fn office(&self) -> Result<Office, Failure> {
        Ok(self.get::<Catalog>("/catalog?lang=id").await?.office)
    }
}

/// The innermost cause; the outer ones repeat the address.
fn root(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

fn sentence(status: StatusCode, bytes: &[u8]) -> String {
    let Ok(problem) = serde_json::from_slice::<Problem>(bytes) else {
        return format!("server menjawab {status}; periksa alamat server");
    };
    let mut text = problem.title;
    match problem.code {
        Code::SignInNeeded => text.push_str(" Pakai: satu-pintu desk sign-in AKUN"),
        Code::PasswordChangeNeeded => text.push_str(" Masuk lagi: satu-pintu desk sign-in AKUN"),
        Code::AgencyNotAsked => text.push_str(" Pakai: satu-pintu desk ask-agency, atau decide --grant --anyway."),
        _ => {}
    }
    if !problem.detail.is_empty() {
        return format!("{text} {}", problem.detail);
    }
    for fault in problem.faults {
        text.push_str(&format!("\n  {}: {}", fault.field, fault.code));
    }
    text
}
