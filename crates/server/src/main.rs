//! `jobnet-server`: the commands of the server.

fn main() {}
