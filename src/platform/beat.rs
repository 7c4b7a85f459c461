//! Time that passes: how much, and a beat each second. Not which day it is: only the server says
//! that.

use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window;

/// Both clocks of the browser at one moment, **milliseconds**. The steady one may stop while a
/// laptop sleeps, the other may be set by its owner: only differences of each mean anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Never jumps.
    pub steady: i64,
    /// Never stops.
    pub wall: i64,
}

/// Both clocks now.
pub fn now() -> Reading {
    let steady = window().and_then(|window| window.performance()).map(|clock| clock.now());
    Reading { steady: steady.unwrap_or_default() as i64, wall: Date::now() as i64 }
}

/// Calls back each second. Lives as long as the page; a hidden page is called less often.
pub fn each_second(beat: impl FnMut() + 'static) {
    let Some(window) = window() else { return };
    let beat = Closure::<dyn FnMut()>::new(beat);
    let function = beat.as_ref().unchecked_ref();
    // The only error is a window that is gone.
    let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(function, 1000);
    beat.forget();
}

/// Waits so many **milliseconds**.
pub async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        if let Some(window) = window() {
            let _ =
                window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
        }
    });
    // It is never rejected.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Minutes after midnight in Denmark at an instant in **seconds** since 1970, and the day as
/// `YYYY-MM-DD`.
pub fn in_denmark(seconds: i64) -> Option<(String, u32)> {
    let options = js_sys::Object::new();
    let zone = "Europe/Copenhagen".into();
    js_sys::Reflect::set(&options, &"timeZone".into(), &zone).ok()?;
    let date = Date::new(&(seconds as f64 * 1000.0).into());
    // The Swedish way of writing is the one of ISO 8601: `2026-11-26 10:32:05`.
    let text: String = date.to_locale_string("sv-SE", &options).into();
    let (day, time) = text.split_once(' ')?;
    let (hour, rest) = time.split_once(':')?;
    let minute = rest.get(..2)?;
    Some((day.to_owned(), hour.parse::<u32>().ok()? * 60 + minute.parse::<u32>().ok()?))
}
