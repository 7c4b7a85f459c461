//! How easy the Danish prose is to read.
