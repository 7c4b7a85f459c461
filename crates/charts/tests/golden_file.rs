//! The downloaded picture: says what it is, wherever it travels.

mod common;

use common::*;
use jobnet_charts::file;
use jobnet_charts::model::TimelineModel;
use jobnet_charts::table::DataTable;
use jobnet_charts::theme::LIGHT;

fn model() -> TimelineModel {
    TimelineModel {
        title: "Din konto over tid".into(),
        takeaway: "Arbejder du fortsat 76 timer om måneden, slipper dine timer op i april 2027."
            .into(),
        description: String::new(),
        notes: vec!["August 2026: din løn er indberettet uden timer.".into()],
        file_note: "Opdigtet person. Opgjort 11. november 2026.".into(),
        file_name: "timer-og-ydelse".into(),
        spec: composite(),
        legend: vec![],
        table: DataTable::default(),
    }
}

#[test]
fn svg_file() {
    let model = model();
    let drawn = file::svg(&model, &first_view(&model.spec, 1_200), look(&LIGHT)).unwrap();
    assert_golden("file", &drawn);
    for words in [&model.title, &model.takeaway, &model.file_note, &model.notes[0]] {
        assert!(drawn.contains(words.as_str()), "“{words}” is missing");
    }
    assert_eq!(drawn.matches("</svg>").count(), 1);
    assert!(drawn.trim_end().ends_with("</svg>"), "nothing is drawn after the end");
}
