//! Our own charts as the bench's page loads them: nothing but the app's doors for it.

pub use jobnet_web::platform::bench::{BenchChart, bench_mount};
