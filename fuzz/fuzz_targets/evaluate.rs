//! `evaluate`: whatever comes in, there is either an answer or a list of problems, never both and
//! never a panic; a document and the same as a line say the same.
#![no_main]

use jobnet_server::evaluate::{evaluate_document, evaluate_lines};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let mut answer = Vec::new();
    let problems = evaluate_document(bytes, &mut answer);
    if problems.is_empty() {
        let answer: Value = serde_json::from_slice(&answer).expect("an account is JSON");
        let one = bytes.iter().all(|byte| *byte != b'\n' && *byte != b'\r');
        if one && !answer.is_array() {
            let mut line = Vec::new();
            assert!(evaluate_lines(bytes, &mut line).is_empty(), "a line is a document");
            let line: Value = serde_json::from_slice(&line).expect("an account is JSON");
            assert_eq!(line, answer);
        }
    } else {
        assert!(problems.iter().all(|problem| !problem.sentence.is_empty()));
    }
});
