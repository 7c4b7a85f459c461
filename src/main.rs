//! Starts the app in the browser.

fn main() {
    jobnet_web::app::start();
}
