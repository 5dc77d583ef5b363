#pragma once

namespace Galley {

/// What a session's Secret Service (gnome-keyring, KeePassXC, KWallet 6 …) can do now. QtKeychain cannot tell: it reads a locked keyring as "entry not
/// found" and takes a removal from one for done.
enum class SecretServiceState {
    NoBus,      ///< there is no D-Bus session, or it does not answer
    NoService,  ///< nothing in the session offers a Secret Service
    NoKeyring,  ///< there is one, but no default keyring yet
    Locked,     ///< the default keyring is locked
    Unlocked,
    Silent      ///< there is one, but it does not answer
};

/// Asks over a connection of its own. Blocks for at most about 5 \a timeoutMs: for a thread pool, never for the GUI thread.
SecretServiceState probeSecretService(int timeoutMs = 2000);

/// Loads what QtKeychain would load at its first request, which may mean reading several libraries from disk: for a thread pool.
void loadSecretLibraries();

/// Keeps this process alive when its D-Bus session ends. libsecret shares GLib's connection to the bus, and GLib ends every process whose shared
/// connection is cut (SIGTERM): a render that somebody pays for must not go with it. Call on the main thread after loadSecretLibraries().
void surviveLostBus();

} // namespace Galley
