//! How often someone may ask: by session, and by network address where nobody is signed in. Who
//! asks too often is told when to come back.
//!
//! Counted in each server's memory: several servers together let through as much more.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;

use crate::config::LimitsConfig;

/// How many times as often as one session one address may ask: an office shares one.
const SESSIONS_OF_AN_ADDRESS: u32 = 10;

/// Of which kind a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Any.
    Ordinary,
    /// It begins to sign in.
    SignIn,
    /// It looks someone up by her CPR number.
    Lookup,
    /// A session that lives may ask it however often.
    Uncounted,
}

/// Come back after this long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooOften(pub Duration);

type Limiter<K> = Option<DefaultKeyedRateLimiter<K>>;

/// What was asked lately.
#[derive(Debug)]
pub struct Limits {
    addresses: Limiter<IpAddr>,
    strangers: Limiter<IpAddr>,
    sign_ins: Limiter<IpAddr>,
    sessions: Limiter<String>,
    lookups: Limiter<String>,
    proxies: Vec<IpNet>,
}

fn per_minute<K: std::hash::Hash + Eq + Clone>(most: u32) -> Limiter<K> {
    NonZeroU32::new(most).map(|most| RateLimiter::keyed(Quota::per_minute(most)))
}

fn count<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Result<(), TooOften> {
    let Some(limiter) = limiter else { return Ok(()) };
    let wait = |until: governor::NotUntil<_>| until.wait_time_from(DefaultClock::default().now());
    limiter.check_key(key).map_err(|until| TooOften(wait(until)))
}

impl Limits {
    /// Nothing was asked yet.
    pub fn new(config: &LimitsConfig, proxies: &[IpNet]) -> Self {
        let requests = config.requests_per_minute;
        Self {
            addresses: per_minute(requests.saturating_mul(SESSIONS_OF_AN_ADDRESS)),
            strangers: per_minute(requests),
            sign_ins: per_minute(config.sign_ins_per_minute),
            sessions: per_minute(requests),
            lookups: per_minute(config.lookups_per_minute),
            proxies: proxies.to_vec(),
        }
    }

    /// Counts a request before anything is known of who asks.
    ///
    /// # Errors
    /// When the address asks too often.
    pub fn count_address(&self, address: IpAddr, pace: Pace) -> Result<(), TooOften> {
        count(&self.addresses, &address)?;
        if pace == Pace::SignIn { count(&self.sign_ins, &address) } else { Ok(()) }
    }

    /// Counts a request of someone who is not signed in, or is refused.
    ///
    /// # Errors
    /// When the address asks too often.
    pub fn count_stranger(&self, address: IpAddr) -> Result<(), TooOften> {
        count(&self.strangers, &address)
    }

    /// Counts a request of a session that lives: a made-up id is none.
    ///
    /// # Errors
    /// When the session asks too often.
    pub fn count_session(&self, session: &str, pace: Pace) -> Result<(), TooOften> {
        let session = session.to_owned();
        count(&self.sessions, &session)?;
        if pace == Pace::Lookup { count(&self.lookups, &session) } else { Ok(()) }
    }

    /// Forgets who has not asked for long.
    pub fn forget(&self) {
        fn forget<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>) {
            if let Some(limiter) = limiter {
                limiter.retain_recent();
            }
        }
        [&self.addresses, &self.strangers, &self.sign_ins].into_iter().for_each(forget);
        [&self.sessions, &self.lookups].into_iter().for_each(forget);
    }

    /// The address that asks; of IPv6 the network (/64): one household or machine has all of it.
    pub fn address(&self, peer: Option<&ConnectInfo<SocketAddr>>, headers: &HeaderMap) -> IpAddr {
        match self.client(peer, headers) {
            IpAddr::V6(address) => {
                let network = u128::from(address) & (u128::MAX << 64);
                IpAddr::V6(network.into())
            }
            address @ IpAddr::V4(_) => address,
        }
    }

    /// The address that asks. `X-Forwarded-For` is believed only from a proxy of ours, and only as
    /// far as proxies of ours wrote it: from its end to the first address that is none.
    fn client(&self, peer: Option<&ConnectInfo<SocketAddr>>, headers: &HeaderMap) -> IpAddr {
        let is_ours = |address: &IpAddr| self.proxies.iter().any(|net| net.contains(address));
        let peer =
            peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip().to_canonical());
        if !is_ours(&peer) {
            return peer;
        }
        let forwarded = headers.get_all("x-forwarded-for");
        let written: Vec<&str> = forwarded
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        let mut nearest = peer;
        for text in written.iter().rev() {
            match text.parse::<IpAddr>() {
                Ok(address) => nearest = address.to_canonical(),
                Err(_) => return nearest,
            }
            if !is_ours(&nearest) {
                return nearest;
            }
        }
        nearest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_header_changes_no_address() {
        let limits = Limits::new(&LimitsConfig::default(), &["10.0.0.0/8".parse().unwrap()]);
        for (peer, header, expected) in [
            ("203.0.113.7", None, "203.0.113.7"),
            ("203.0.113.7", Some("198.51.100.1"), "203.0.113.7"),
            ("10.0.0.1", None, "10.0.0.1"),
            ("10.0.0.1", Some("198.51.100.1"), "198.51.100.1"),
            ("10.0.0.1", Some("192.0.2.66, 198.51.100.1"), "198.51.100.1"),
            ("10.0.0.1", Some("192.0.2.66, 198.51.100.1, 10.0.0.2"), "198.51.100.1"),
            ("10.0.0.1", Some("10.1.1.1"), "10.1.1.1"),
            ("10.0.0.1", Some("192.0.2.66, nonsense"), "10.0.0.1"),
            ("10.0.0.1", Some("::ffff:198.51.100.1"), "198.51.100.1"),
            ("::ffff:203.0.113.7", None, "203.0.113.7"),
            // Whoever has an IPv6 network has all of its addresses.
            ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::"),
            ("10.0.0.1", Some("2001:db8:1:2:ffff::1"), "2001:db8:1:2::"),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(header) = header {
                headers.insert("x-forwarded-for", header.parse().unwrap());
            }
            let peer = ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1));
            let address = limits.address(Some(&peer), &headers);
            assert_eq!(address, expected.parse::<IpAddr>().unwrap(), "{peer:?} {header:?}");
        }
    }

    #[test]
    fn no_limit_lets_everything_through() {
        let none =
            LimitsConfig { requests_per_minute: 0, sign_ins_per_minute: 0, lookups_per_minute: 0 };
        let limits = Limits::new(&none, &[]);
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        assert!((0..5_000).all(|_| limits.count_address(address, Pace::SignIn).is_ok()));
    }
}
