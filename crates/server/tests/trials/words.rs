//! What citizens read on `/mine-data` of the trials that are delivered is easy to read: LIX at most
//! 35, as of pages and letters.

use jobnet_messages::lix::lix;
use jobnet_trials::protocol::Protocol;

const LIMIT: f64 = 35.0;

#[test]
fn what_citizens_read_of_a_delivered_trial_is_easy_to_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/trials");
    let mut read = 0;
    let mut hard = Vec::new();
    for file in std::fs::read_dir(folder).expect("the folder") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a text");
        let protocol: Protocol = serde_json::from_str(&text).expect("a protocol");
        let public = &protocol.public;
        let said = [&public.why, &public.compared, &public.decided_by, &public.objection];
        let harms = protocol.arms.iter().filter_map(|arm| Some(&arm.known_harm.as_ref()?.found));
        let texts: Vec<&str> = said.into_iter().chain(harms).map(|text| text.da.as_str()).collect();
        // A heading alone is too short to be measured.
        let whole = format!("{} {}", public.title.da, texts.join(" "));
        for text in texts.into_iter().chain([whole.as_str()]) {
            let index = lix(text);
            if index > LIMIT {
                hard.push(format!("{}: {index:.1}: {text}", protocol.key));
            }
        }
        read += 1;
    }
    assert!(read >= 5, "{read} protocols are delivered");
    assert!(hard.is_empty(), "harder than LIX {LIMIT}: {hard:#?}");
}
