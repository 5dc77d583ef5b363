#pragma once

/// The other process of tst_keystore. libsecret keeps the first bus of a process for good, so that every session needs a process of its own.
///
/// Takes commands from standard input, a line each, and answers each with a line of JSON:
///   read NAME, write NAME KEY, remove NAME, readmany NAME COUNT (all at once), readwriteread NAME KEY (all at once), timeout MS, memory FILE
/// A key comes back as its SHA-256 only. "turn" is the longest time in milliseconds that the event loop was not free meanwhile.
int runKeyProbe(int argc, char **argv);
