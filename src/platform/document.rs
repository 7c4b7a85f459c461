//! The document: title, language, focus, and what this browser remembers about the interface.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Document, Element, HtmlDialogElement, HtmlElement, HtmlInputElement, Node, Storage, Text,
};

/// The name under which the language is remembered. The statement on privacy names it.
pub const LANGUAGE_KEY: &str = "min-ledighed.language";

// The one place that may reach for the window (clippy.toml bans it elsewhere).
#[allow(clippy::disallowed_methods)]
fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok().flatten()
}

/// A new element, not yet in the page.
///
/// # Panics
/// Outside a page: nothing can be shown there.
#[allow(clippy::expect_used)]
pub fn create(tag: &str, is_svg: bool) -> Element {
    let document = document().expect("a page");
    let element = if is_svg {
        document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag)
    } else {
        document.create_element(tag)
    };
    element.expect("a name of an element")
}

/// New words, not yet in the page.
///
/// # Panics
/// Outside a page.
#[allow(clippy::expect_used)]
pub fn text(words: &str) -> Text {
    document().expect("a page").create_text_node(words)
}

/// A node that shows nothing and marks a place.
///
/// # Panics
/// Outside a page.
#[allow(clippy::expect_used)]
pub fn mark() -> Node {
    document().expect("a page").create_comment("").into()
}

/// The prepared element of index.html that the app is mounted in.
pub fn mount_point() -> Option<HtmlElement> {
    element("app")?.dyn_into().ok()
}

/// Takes away the page drawn by index.html, and says that the app is there.
pub fn replace_static_page() {
    if let Some(page) = element("static-page") {
        page.remove();
    }
    if let Some(body) = document().and_then(|document| document.body()) {
        // Nobody waits on the result: the attribute is a sign for tests.
        let _ = body.set_attribute("data-app-ready", "");
    }
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets the language screen readers speak.
pub fn set_language(code: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", code);
    }
}

/// The language code chosen before, if this browser remembers one.
pub fn stored_language() -> Option<String> {
    storage()?.get_item(LANGUAGE_KEY).ok().flatten()
}

/// Remembers the language. A browser that refuses storage forgets it: no harm.
pub fn store_language(code: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(LANGUAGE_KEY, code);
    }
}

/// Moves the focus to an element, without scrolling to it.
pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// After a change of page: the focus on the element of that id or, without one, on the heading of
/// the page, at the top. A screen reader then says where she is. Whether there was one.
pub fn go_to(id: &str) -> bool {
    let target = if id.is_empty() { None } else { element(id) };
    let to_top = target.is_none();
    let target =
        target.or_else(|| document().and_then(|d| d.query_selector("main h1").ok().flatten()));
    let target = target.and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if let Some(target) = &target {
        // A link keeps its place among the stops of the Tab key.
        if target.tab_index() < 0 {
            target.set_tab_index(-1);
        }
        let _ = target.focus();
        target.scroll_into_view();
    }
    if let (true, Some(window)) = (to_top, window()) {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    target.is_some()
}

/// The text of the file that was chosen in an input, once it is read.
pub fn chosen_file(event: &web_sys::Event) -> Option<impl Future<Output = String> + use<>> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    let reading = wasm_bindgen_futures::JsFuture::from(file.text());
    // The same file may be chosen again after it was corrected.
    input.set_value("");
    // A file that cannot be read is read as nothing, which is no protocol.
    Some(async move { reading.await.ok().and_then(|text| text.as_string()).unwrap_or_default() })
}

/// Puts a text into the clipboard; whether the browser did.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    let copying = window.navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(copying).await.is_ok()
}

/// Shows the page light or dark, whatever the device asks for.
pub fn set_theme(theme: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        // Refused only for a name that is none.
        let _ = root.set_attribute("data-theme", theme);
    }
}

/// Whether she has done nothing on the page yet: it stands at its top, and nothing has the focus but
/// the page itself.
pub fn is_untouched() -> bool {
    let Some(body) = document().and_then(|d| d.body()) else { return false };
    let is_at_top = body.get_bounding_client_rect().top() >= 0.0;
    is_at_top && document().and_then(|d| d.active_element()) == Some(body.into())
}

/// Opens the browser's dialog for printing.
pub fn print() {
    if let Some(window) = window() {
        // Refused where nothing can be printed: then nothing happens.
        let _ = window.print();
    }
}

thread_local! {
    /// A bit for each [`Unsent`] of which something is.
    static UNSENT: Cell<u8> = const { Cell::new(0) };
    static ASK: Closure<dyn FnMut(web_sys::Event)> =
        Closure::new(|event: web_sys::Event| event.prevent_default());
}

/// Of what the server may not have everything yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// Answers of the preparation form.
    Profile = 1,
    /// Changes of the checklist.
    Checklist = 2,
}

/// Has the browser ask before the page is closed or left for another one as long as something of any
/// kind is not sent.
pub fn ask_before_leaving(what: Unsent, is_unsent: bool) {
    let others = UNSENT.get() & !(what as u8);
    ask_while(if is_unsent { others | what as u8 } else { others });
}

/// Has the browser ask no longer: everything that was typed is forgotten.
pub fn ask_nothing_before_leaving() {
    ask_while(0);
}

fn ask_while(unsent: u8) {
    UNSENT.set(unsent);
    let Some(window) = window() else { return };
    ASK.with(|ask| {
        let function = (unsent != 0).then(|| ask.as_ref().unchecked_ref());
        window.set_onbeforeunload(function);
    });
}

/// Whether the browser believes it has a network.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Calls back whenever the network comes or goes. Lives as long as the page.
pub fn on_connection_change(mut changed: impl FnMut(bool) + 'static) {
    let Some(window) = window() else { return };
    let callback = Closure::<dyn FnMut()>::new(move || changed(is_online()));
    let function = callback.as_ref().unchecked_ref();
    let _ = window.add_event_listener_with_callback("online", function);
    let _ = window.add_event_listener_with_callback("offline", function);
    callback.forget();
}

/// Calls back whenever she comes back to the page from another tab or app. Lives as long as the
/// page.
pub fn on_return(mut returned: impl FnMut() + 'static) {
    let Some(document) = document() else { return };
    let callback = Closure::<dyn FnMut()>::new(move || {
        if self::document().is_some_and(|document| !document.hidden()) {
            returned();
        }
    });
    let function = callback.as_ref().unchecked_ref();
    let _ = document.add_event_listener_with_callback("visibilitychange", function);
    callback.forget();
}

/// A page that the back button brings back from memory is loaded anew: what stood on it may be
/// somebody's who has signed out since. It shows nothing from the moment it is left, so that nothing
/// can be painted before it is loaded.
pub fn reload_when_restored() {
    let Some(window) = window() else { return };
    let callback = Closure::<dyn FnMut(_)>::new(|event: web_sys::PageTransitionEvent| {
        let (true, Some(window)) = (event.persisted(), self::window()) else { return };
        if event.type_() == "pageshow" {
            // She was asked when she left, and nothing can be seen here.
            ask_nothing_before_leaving();
            // The only error is a window that is gone.
            let _ = window.location().reload();
        } else if let Some(root) = document().and_then(|document| document.document_element()) {
            let _ = root.set_attribute("hidden", "");
        }
    });
    let function = callback.as_ref().unchecked_ref();
    for name in ["pagehide", "pageshow"] {
        let _ = window.add_event_listener_with_callback(name, function);
    }
    callback.forget();
}

/// Opens a dialog: the browser keeps the focus inside and gives it back afterwards.
pub fn open_dialog(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog.
pub fn close_dialog(dialog: &HtmlDialogElement) {
    dialog.close();
}

/// Whether an element of the selector is in the page.
pub fn is_there(selector: &str) -> bool {
    document().is_some_and(|d| matches!(d.query_selector(selector), Ok(Some(_))))
}

/// The width of the window, **CSS pixels**.
pub fn width() -> f64 {
    window()
        .and_then(|window| window.inner_width().ok())
        .and_then(|width| width.as_f64())
        .unwrap_or_default()
}

/// Which build of the page this is: the hash in the name of its first wasm file.
pub fn build() -> Option<String> {
    let link = document()?.query_selector("link[type='application/wasm']").ok().flatten()?;
    let address = link.get_attribute("href")?;
    let (_, hash) = address.strip_suffix("_bg.wasm")?.rsplit_once('-')?;
    Some(hash.to_owned())
}

/// Listens to clicks, to what is opened and to her leaving or coming back, until it is dropped.
pub struct Listening(Closure<dyn FnMut()>);

/// What she does that may open something, or may be the last she does here.
const USES: [&str; 3] = ["click", "toggle", "visibilitychange"];

/// Calls back after each click, each opening or closing, and when she leaves or comes back.
pub fn on_use(used: impl FnMut() + 'static) -> Listening {
    let listening = Listening(Closure::new(used));
    if let Some(document) = document() {
        for name in USES {
            let function = listening.0.as_ref().unchecked_ref();
            // A toggle does not bubble: it is caught on its way down.
            let _ = document.add_event_listener_with_callback_and_bool(name, function, true);
        }
    }
    listening
}

impl Drop for Listening {
    fn drop(&mut self) {
        let Some(document) = document() else { return };
        for name in USES {
            let function = self.0.as_ref().unchecked_ref();
            let _ = document.remove_event_listener_with_callback_and_bool(name, function, true);
        }
    }
}
