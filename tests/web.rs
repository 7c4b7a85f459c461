//! Parts of the app that only a browser can run, each on its own: `cargo xtask test wasm`.

#![cfg(target_arch = "wasm32")]
// clippy knows `#[test]` only.
#![allow(clippy::unwrap_used)]

use jobnet_charts::counter::{CounterSpec, Mark};
use jobnet_web::chart::CounterCanvas;
use jobnet_web::platform::document as page;
use jobnet_web::view::{View, mount, view};
use leptos::prelude::*;
use leptos::web_sys::{Element, Event, HtmlCanvasElement, HtmlElement, HtmlInputElement};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Frames to wait for something at most.
const PATIENCE: usize = 300;

async fn next_frame() {
    let promise = js_sys::Promise::new(&mut |done, _| {
        window().request_animation_frame(&done).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits for a condition, frame by frame.
async fn until(what: &str, condition: impl Fn() -> bool) {
    for _ in 0..PATIENCE {
        if condition() {
            return;
        }
        next_frame().await;
    }
    panic!("waited {PATIENCE} frames for {what}");
}

/// An empty place in the page, with the size that the style sheet gives a counter.
fn place() -> HtmlElement {
    let place = document().create_element("div").unwrap();
    place.set_inner_html(
        "<style>.counter-plot { width: 240px; height: 150px } \
         .counter-plot canvas { display: block; width: 100%; height: 100% }</style>",
    );
    document().body().unwrap().append_child(&place).unwrap();
    place.unchecked_into()
}

fn hourglass(left: f64) -> CounterSpec {
    let mark = |at: f64, words: &str| Mark { at, figure: at.to_string(), words: words.to_owned() };
    CounterSpec::Hourglass { left: mark(left, "timer tilbage"), used: mark(3848.0 - left, "brugt") }
}

fn drawings(plot: &Element) -> u32 {
    plot.get_attribute("data-drawn").and_then(|n| n.parse().ok()).unwrap_or(0)
}

#[wasm_bindgen_test]
async fn a_counter_is_drawn_sharp_and_again_when_the_hours_change() {
    let place = place();
    let spec = RwSignal::new(hourglass(3000.0));
    let handle = mount(&place, move || {
        view! { <CounterCanvas spec label=Signal::stored("Timeglas".to_owned())/> }
    });
    let plot = place.query_selector(".counter-plot").unwrap().unwrap();
    until("the first drawing", || drawings(&plot) > 0).await;
    let canvas: HtmlCanvasElement =
        plot.query_selector("canvas").unwrap().unwrap().unchecked_into();
    let dots = window().device_pixel_ratio();
    assert_eq!(canvas.width(), (240.0 * dots).round() as u32);
    assert_eq!(canvas.height(), (150.0 * dots).round() as u32);
    let blank: HtmlCanvasElement = document().create_element("canvas").unwrap().unchecked_into();
    blank.set_width(canvas.width());
    blank.set_height(canvas.height());
    let before = canvas.to_data_url().unwrap();
    assert_ne!(before, blank.to_data_url().unwrap(), "nothing was drawn");
    let count = drawings(&plot);
    spec.set(hourglass(500.0));
    until("the second drawing", || drawings(&plot) > count).await;
    assert_ne!(canvas.to_data_url().unwrap(), before, "the drawing does not follow the hours");
    assert_eq!(plot.get_attribute("role").as_deref(), Some("img"));
    assert_eq!(plot.get_attribute("aria-label").as_deref(), Some("Timeglas"));
    drop(handle);
    place.remove();
}

#[wasm_bindgen_test]
fn the_language_of_the_page_is_what_screen_readers_are_told() {
    let root = document().document_element().unwrap();
    for code in ["en", "da"] {
        page::set_language(code);
        assert_eq!(root.get_attribute("lang").as_deref(), Some(code));
    }
}

/// A list of opened disclosures with a field each, as long as asked; the words follow a signal.
fn fields(count: RwSignal<usize>, words: RwSignal<&'static str>, said: RwSignal<u32>) -> View {
    view! {
        <div class="fields" data-count=move || count.get().to_string()>
            {move || {
                let words = words.get();
                let field = |at: usize| {
                    view! {
                        <details class:last={at + 1 == count.get()}>
                            <summary>{words}</summary>
                            <input id=format!("field-{at}") on:input=move |_| said.update(|n| *n += 1)/>
                        </details>
                    }
                };
                (0..count.get()).map(field).collect::<Vec<_>>()
            }}
        </div>
    }
}

#[wasm_bindgen_test]
async fn what_she_typed_opened_and_stands_in_survives_a_change_of_words() {
    let place = place();
    let (count, words) = (RwSignal::new(2), RwSignal::new("før"));
    let said = RwSignal::new(0);
    let handle = mount(&place, move || fields(count, words, said));
    let find = |selector: &str| place.query_selector(selector).unwrap();
    let field: HtmlInputElement = find("#field-0").unwrap().unchecked_into();
    let details = find("details").unwrap();
    details.set_attribute("open", "").unwrap();
    field.set_value("37,5");
    field.focus().unwrap();
    words.set("efter");
    count.set(3);
    until("a third field", || find("#field-2").is_some()).await;
    assert_eq!(find("summary").unwrap().text_content().as_deref(), Some("efter"));
    assert_eq!(find(".fields").unwrap().get_attribute("data-count").as_deref(), Some("3"));
    assert!(find("details").unwrap().is_same_node(Some(&details)), "it was made anew");
    assert!(details.has_attribute("open"));
    assert_eq!(field.value(), "37,5");
    assert!(document().active_element().unwrap().is_same_node(Some(&field)));
    assert!(find("details.last #field-2").is_some());
    assert!(find("details.last + details").is_none());
    field.dispatch_event(&Event::new("input").unwrap()).unwrap();
    assert_eq!(said.get_untracked(), 1, "the old listener must be gone and the new one there");
    count.set(1);
    until("one field", || find("#field-1").is_none()).await;
    assert!(find("details").unwrap().is_same_node(Some(&details)), "the last goes, not the first");
    drop(handle);
    assert!(find(".fields").is_none(), "an app that is gone leaves nothing");
    place.remove();
}

#[wasm_bindgen_test]
async fn parts_of_another_shape_stand_where_the_old_ones_stood() {
    let place = place();
    let way = RwSignal::new(0);
    let handle = mount(&place, move || {
        view! {
            <p>"["{move || match way.get() {
                0 => View::none(),
                1 => view! { "en" <b>"to"</b> },
                2 => View::text("tre"),
                _ => View::live(move || view! { <i>{way.get().to_string()}</i> }),
            }}"]"</p>
        }
    });
    let shown = || place.query_selector("p").unwrap().unwrap().inner_html().replace("<!---->", "");
    for (next, expected) in [
        (0, "[]"),
        (1, "[en<b>to</b>]"),
        (3, "[<i>3</i>]"),
        (4, "[<i>4</i>]"),
        (2, "[tre]"),
        (0, "[]"),
    ] {
        way.set(next);
        until(expected, || shown() == expected).await;
    }
    drop(handle);
    place.remove();
}
