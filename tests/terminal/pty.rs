//! A terminal with the program in it.

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use vt100::{Parser, Screen};

/// Long enough for a busy machine; nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    parser: Arc<Mutex<Parser>>,
    reader: Option<JoinHandle<()>>,
    closes: Arc<AtomicBool>,
    /// How the terminal was set before the program started, and after its end.
    before: String,
    after: Option<String>,
    // The terminal lives as long as somebody holds this end.
    slave: Option<Box<dyn SlavePty + Send>>,
}

impl Pty {
    /// Starts the program in a terminal of 80x24, in an empty home and without any AWS environment but this.
    pub(crate) fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::start_by(&[], arguments, environment)
    }

    /// Starts it from a script of a shell with job control, which knows it as `"$0" "$@"`.
    pub(crate) fn start_in_shell(script: &str, arguments: &[&str]) -> Self {
        Self::start_by(&["/bin/sh", "-c", script], arguments, &[])
    }

    fn start_by(before: &[&str], arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut words = before.iter().chain(&[env!("CARGO_BIN_EXE_sso-doctor")]).chain(arguments);
        let mut command = CommandBuilder::new(words.next().unwrap());
        command.args(words);
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let before = format!("{:?}", pair.master.get_termios().unwrap());
        let home = tempfile::tempdir().unwrap().keep();
        command.env_clear();
        command.env("HOME", &home);
        command.env("TERM", "xterm-256color");
        command.env("AWS_EC2_METADATA_DISABLED", "true");
        command.cwd(&home);
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let parser = Arc::new(Mutex::new(Parser::new(lines(24), lines(80), 200)));
        let (mut output, seen) = (pair.master.try_clone_reader().unwrap(), parser.clone());
        let closes = Arc::new(AtomicBool::new(false));
        let closing = closes.clone();
        let reader = thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                seen.lock().unwrap().process(bytes.get(..count).unwrap());
                if closing.load(Ordering::Relaxed) {
                    return;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        let (reader, slave) = (Some(reader), Some(pair.slave));
        Self { master: pair.master, keyboard, child, parser, reader, closes, before, after: None, slave }
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.parser.lock().unwrap().screen_mut().set_size(lines(rows), lines(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    pub(crate) fn signal(&self, name: &str) {
        send_signal(name, self.child.process_id().unwrap());
    }

    /// Signals the program that the shell has started.
    #[cfg(target_os = "linux")]
    pub(crate) fn signal_in_shell(&self, name: &str) {
        let shell = self.child.process_id().unwrap();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
        send_signal(name, children.trim().parse().unwrap());
    }

    pub(crate) fn with_screen<T>(&self, look: impl FnOnce(&Screen) -> T) -> T {
        look(self.parser.lock().unwrap().screen())
    }

    /// What the screen shows, without the blanks at the ends of its lines.
    pub(crate) fn text(&self) -> String {
        let contents = self.with_screen(Screen::contents);
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// Waits until the screen shows this, and says in which row.
    pub(crate) fn wait_for(&self, text: &str) -> u16 {
        let start = Instant::now();
        loop {
            let shown = self.text();
            if let Some(row) = shown.lines().position(|line| line.contains(text)) {
                return u16::try_from(row).unwrap();
            }
            assert!(start.elapsed() < PATIENCE, "`{text}` did not appear:\n{shown}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the program has taken the terminal, which is before it draws.
    pub(crate) fn wait_until_taken(&self) {
        let start = Instant::now();
        while !self.with_screen(Screen::alternate_screen) {
            assert!(start.elapsed() < PATIENCE, "it did not take the terminal:\n{}", self.text());
            thread::yield_now();
        }
    }

    /// Waits for the program's end, and for what it wrote last, and returns its exit status.
    pub(crate) fn end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                self.after = Some(format!("{:?}", self.master.get_termios().unwrap()));
                // With its last holder gone the terminal has an end, which the reader comes to.
                drop(self.slave.take());
                self.reader.take().unwrap().join().unwrap();
                return status.exit_code();
            }
            if start.elapsed() > PATIENCE {
                self.child.kill().unwrap();
                panic!("it did not end:\n{}", self.text());
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Closes the window, as somebody does with the mouse, and returns the program's exit status.
    pub(crate) fn close_window(mut self) -> u32 {
        self.closes.store(true, Ordering::Relaxed);
        // A key that is drawn everywhere, typed or as the help, wakes the reader, which ends.
        self.send("?");
        self.reader.take().unwrap().join().unwrap();
        drop((self.slave.take(), self.keyboard, self.master));
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            if start.elapsed() > PATIENCE {
                self.child.kill().unwrap();
                panic!("it did not end");
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Something else writes over the screen.
    pub(crate) fn overwrite(&self, text: &str) {
        self.parser.lock().unwrap().process(text.as_bytes());
    }

    /// The terminal is as it was before the program started, although the program has not ended.
    pub(crate) fn assert_given_back_for_now(&mut self) {
        self.after = Some(format!("{:?}", self.master.get_termios().unwrap()));
        self.assert_given_back();
    }

    /// The terminal is as it was before the program started.
    pub(crate) fn assert_given_back(&self) {
        assert_eq!(self.after.as_ref(), Some(&self.before), "the terminal is not cooked");
        self.with_screen(|screen| {
            assert!(!screen.alternate_screen(), "it is still on the alternate screen");
            assert!(!screen.hide_cursor(), "the cursor is hidden");
            assert!(!screen.bracketed_paste(), "bracketed paste is on");
        });
    }
}

fn send_signal(name: &str, id: u32) {
    let id = id.to_string();
    assert!(Command::new("kill").args([format!("-{name}"), id]).status().unwrap().success());
}

fn lines(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}
