//! Every variant in a protocol and in a step is given by its name.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_trials::protocol::Trigger;
use jobnet_trials::protocol::life::Event;
use serde_json::{from_value, json};

#[test]
fn a_condition_inside_a_wait_has_a_name_not_a_number() {
    for kind in ["days", "closed_still"] {
        let with = |is: serde_json::Value| json!({"type": kind, "after": 30, "still": [{"is": is, "fact": "scheme", "values": []}]});
        assert!(from_value::<Trigger>(with(json!("one_of"))).is_ok());
        assert!(from_value::<Trigger>(with(json!(0))).is_err());
    }
}

#[test]
fn a_change_inside_a_step_has_a_name_not_a_number() {
    let with = |kind: serde_json::Value| {
        json!({"type": "amended", "amendment": {
            "change": {"type": kind, "ends": "2027-01-01"}, "why": "more time",
            "unblinding": "before"}})
    };
    assert!(from_value::<Event>(with(json!("ends"))).is_ok());
    assert!(from_value::<Event>(with(json!(0))).is_err());
}
