//! Who is calling: the address, believed through trusted proxies only, and the key of `Authorization`.

use crate::app::{App, Shared};
use crate::problem::Fault;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, header};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The address that requests and failures are counted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller(IpAddr);

impl From<IpAddr> for Caller {
    /// Of IPv6 the network: a subscriber has a /64 and as many addresses in it as there is time to try.
    fn from(address: IpAddr) -> Caller {
        Caller(match address.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
            address => address,
        })
    }
}

impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Caller {
    /// The nearest address that is not one of our proxies.
    pub fn of(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Caller {
        let peer = extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip().to_canonical());
        if !app.proxies.contains(&peer) {
            return peer.into();
        }
        let mut hops: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        while let Some(hop) = hops.pop() {
            match hop.parse::<IpAddr>() {
                Ok(address) if app.proxies.contains(&address) => {}
                Ok(address) => return address.into(),
                Err(_) => break,
            }
        }
        peer.into()
    }
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Fault> {
        Ok(Caller::of(app, &parts.headers, &parts.extensions))
    }
}

/// Whether the request came over TLS, to us or to a trusted proxy.
pub fn secure(app: &App, headers: &HeaderMap, extensions: &Extensions) -> bool {
    if app.tls {
        return true;
    }
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip().to_canonical());
    peer.is_some_and(|peer| app.proxies.contains(&peer))
        && headers.get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes() == b"https")
}

/// The key of `Authorization: Bearer ...`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}
