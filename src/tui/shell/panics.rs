//! Panics while the screen is taken: nothing may be printed over it.

use std::{
    backtrace::Backtrace,
    io::Write,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

type Hook = dyn Fn(&PanicHookInfo<'_>) + Send + Sync;

/// Does something that takes the screen and gives it back. Panics of other threads, and those that are caught,
/// only go to the log. One that ends `work` is printed after the screen was given back, and goes on.
pub(super) fn keep_off_the_screen<T>(work: impl FnOnce() -> T) -> T {
    let message = Arc::new(Mutex::new(String::new()));
    let before: Arc<Hook> = Arc::from(panic::take_hook());
    let (ours, last) = (thread::current().id(), message.clone());
    panic::set_hook(Box::new(move |info| {
        // The message could carry a name; the place does not.
        let place = info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!("panic at {place}");
        if thread::current().id() == ours {
            *last.lock().unwrap_or_else(PoisonError::into_inner) = format!("{info}\n{}", Backtrace::capture());
        }
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(Box::new(move |info| before(info)));
    result.unwrap_or_else(|payload| {
        // Where the terminal is gone nobody reads it.
        drop(writeln!(std::io::stderr(), "{}", message.lock().unwrap_or_else(PoisonError::into_inner)));
        panic::resume_unwind(payload)
    })
}

/// For tests of the program as a whole: fails on this thread where `SSO_DOCTOR_TEST_PANIC` is `screen`. Not in a
/// release.
pub(super) fn panic_on_request() {
    let asked =
        cfg!(debug_assertions) && std::env::var_os("SSO_DOCTOR_TEST_PANIC").is_some_and(|place| place == "screen");
    assert!(!asked, "the screen was asked to fail");
}
