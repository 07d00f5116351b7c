//! Which key does what: the defaults of `assets/keymap.toml`, and a person's own file over them.

use std::{collections::BTreeMap, fmt};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::Action;
use crate::case::Malformed;

const DEFAULTS: &str = include_str!("../../assets/keymap.toml");

/// One key, with Ctrl or Alt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// The keys of every action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    keys: BTreeMap<Action, Vec<Key>>,
}

/// Why a keymap cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeymapError {
    /// Not TOML, or not lists of keys.
    #[error("the keymap is not usable: {0}")]
    Malformed(#[from] Malformed),
    /// There is no such action.
    #[error("the keymap names `{0}`, which is no action; the actions are: {known}", known = list_action_names())]
    UnknownAction(String),
    /// There is no such key.
    #[error("the keymap gives `{action}` the key `{key}`, which is no key")]
    UnknownKey {
        /// The action.
        action: &'static str,
        /// The key, as it is written there.
        key: String,
    },
    /// One key, two actions.
    #[error("the keymap gives the key `{key}` to both `{first}` and `{second}`")]
    Clash {
        /// The key.
        key: Key,
        /// One action.
        first: &'static str,
        /// The other one.
        second: &'static str,
    },
    /// A form could not be used.
    #[error("the keymap gives `{action}` no key that works in a field: letters type letters there")]
    NoKeyInFields {
        /// The action.
        action: &'static str,
    },
}

fn list_action_names() -> String {
    Action::ALL.iter().map(|action| action.name()).collect::<Vec<_>>().join(", ")
}

impl Keymap {
    /// Returns the built-in keys.
    ///
    /// # Errors
    /// If the built-in file is broken, which a test rules out.
    pub fn built_in() -> Result<Self, KeymapError> {
        Self::with_overrides("")
    }

    /// Returns the built-in keys with a person's own over them: each line replaces the keys of one action.
    ///
    /// # Errors
    /// If the text names an unknown action or key, gives one key to two actions, or leaves a form without keys.
    pub fn with_overrides(own: &str) -> Result<Self, KeymapError> {
        let mut keys = parse_keymap(DEFAULTS)?;
        keys.extend(parse_keymap(own)?);
        let control_c = Key { code: KeyCode::Char('c'), modifiers: KeyModifiers::CONTROL };
        let quit = keys.entry(Action::Quit).or_default();
        if !quit.contains(&control_c) {
            quit.push(control_c);
        }
        let keymap = Self { keys };
        keymap.check_keys()?;
        Ok(keymap)
    }

    fn check_keys(&self) -> Result<(), KeymapError> {
        let pairs: Vec<(Action, Key)> =
            self.keys.iter().flat_map(|(action, keys)| keys.iter().map(|key| (*action, *key))).collect();
        for (position, (action, key)) in pairs.iter().enumerate() {
            let clash = pairs.iter().skip(position + 1).find(|(other, same)| other != action && same == key);
            if let Some((other, _)) = clash {
                return Err(KeymapError::Clash { key: *key, first: action.name(), second: other.name() });
            }
        }
        match Action::ALL
            .iter()
            .find(|action| action.works_while_typing() && self.key_to_show(**action, true).is_none())
        {
            Some(action) => Err(KeymapError::NoKeyInFields { action: action.name() }),
            None => Ok(()),
        }
    }

    /// Returns what a key does.
    pub(crate) fn action_of(&self, key: Key) -> Option<Action> {
        self.keys.iter().find(|(_, keys)| keys.contains(&key)).map(|(action, _)| *action)
    }

    /// Returns all keys of an action.
    pub(crate) fn keys_of(&self, action: Action) -> &[Key] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// Returns the key to show for an action; while something is typed, one that types nothing.
    pub(crate) fn key_to_show(&self, action: Action, typing: bool) -> Option<Key> {
        self.keys_of(action).iter().copied().find(|key| !typing || !key.is_editing())
    }
}

fn parse_keymap(text: &str) -> Result<BTreeMap<Action, Vec<Key>>, KeymapError> {
    let lines: BTreeMap<String, Vec<String>> = toml::from_str(text).map_err(|error| Malformed::new(text, &error))?;
    let mut keys = BTreeMap::new();
    for (name, written) in lines {
        let action = Action::from_name(&name).ok_or(KeymapError::UnknownAction(name))?;
        let parsed = written
            .into_iter()
            .map(|key| Key::parse(&key).ok_or(KeymapError::UnknownKey { action: action.name(), key }))
            .collect::<Result<_, _>>()?;
        keys.insert(action, parsed);
    }
    Ok(keys)
}

const NAMED: [(&str, &str, KeyCode); 16] = [
    ("enter", "Enter", KeyCode::Enter),
    ("esc", "Esc", KeyCode::Esc),
    ("tab", "Tab", KeyCode::Tab),
    ("shift-tab", "Shift-Tab", KeyCode::BackTab),
    ("up", "Up", KeyCode::Up),
    ("down", "Down", KeyCode::Down),
    ("left", "Left", KeyCode::Left),
    ("right", "Right", KeyCode::Right),
    ("pageup", "PgUp", KeyCode::PageUp),
    ("pagedown", "PgDn", KeyCode::PageDown),
    ("home", "Home", KeyCode::Home),
    ("end", "End", KeyCode::End),
    ("backspace", "Backspace", KeyCode::Backspace),
    ("delete", "Del", KeyCode::Delete),
    ("insert", "Ins", KeyCode::Insert),
    ("space", "Space", KeyCode::Char(' ')),
];

impl Key {
    /// Returns the key that is written as a keymap writes it: `q`, `G`, `ctrl-c`, `shift-tab`, `f1`, `pagedown`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (modifiers, name) = match text.split_at_checked(text.find('-').map_or(0, |dash| dash + 1)) {
            Some(("ctrl-", name)) => (KeyModifiers::CONTROL, name),
            Some(("alt-", name)) => (KeyModifiers::ALT, name),
            _ => (KeyModifiers::NONE, text),
        };
        let mut characters = name.chars();
        let code = match (characters.next(), characters.next()) {
            (Some(single), None) => KeyCode::Char(single),
            _ => match NAMED.iter().find(|(written, ..)| *written == name) {
                Some((.., code)) => *code,
                None => KeyCode::F(name.strip_prefix('f')?.parse().ok().filter(|number| (1..=12).contains(number))?),
            },
        };
        Some(Self { code, modifiers })
    }

    /// Returns the key's code, without the Shift that a capital letter implies.
    pub(crate) fn code(self) -> KeyCode {
        self.code
    }

    /// Returns the event that an input field understands.
    pub(crate) fn event(self) -> KeyEvent {
        KeyEvent::new(self.code, self.modifiers)
    }

    /// Returns true for keys that type or edit in a field.
    pub(crate) fn is_editing(self) -> bool {
        let plain = !self.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        let code = matches!(
            self.code,
            KeyCode::Char(_)
                | KeyCode::Backspace
                | KeyCode::Delete
                | KeyCode::Left
                | KeyCode::Right
                | KeyCode::Home
                | KeyCode::End
        );
        plain && code
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        // Ctrl and a letter arrive in either case, depending on the terminal.
        let code = match event.code {
            KeyCode::Char(letter) if modifiers == KeyModifiers::CONTROL => KeyCode::Char(letter.to_ascii_lowercase()),
            code => code,
        };
        Self { code, modifiers }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            formatter.write_str("Ctrl-")?;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            formatter.write_str("Alt-")?;
        }
        if let Some((_, shown, _)) = NAMED.iter().find(|(.., code)| *code == self.code) {
            return formatter.write_str(shown);
        }
        match self.code {
            KeyCode::Char(letter) if !self.modifiers.is_empty() => write!(formatter, "{}", letter.to_ascii_uppercase()),
            KeyCode::Char(letter) => write!(formatter, "{letter}"),
            KeyCode::F(number) => write!(formatter, "F{number}"),
            _ => formatter.write_str("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Key, Keymap};

    #[test]
    fn every_action_has_a_key() {
        let keymap = Keymap::built_in().unwrap();
        for action in Action::ALL {
            assert!(!keymap.keys_of(*action).is_empty(), "{} has no key", action.name());
        }
    }

    #[test]
    fn a_clash_names_the_key_and_both_actions() {
        let error = Keymap::with_overrides("people = ['r']").unwrap_err().to_string();
        assert_eq!(error, "the keymap gives the key `r` to both `again` and `people`");
    }

    #[test]
    fn an_unknown_action_is_named() {
        let error = Keymap::with_overrides("dance = ['d']").unwrap_err().to_string();
        assert!(error.starts_with("the keymap names `dance`, which is no action; the actions are: confirm, back,"));
    }

    #[test]
    fn an_unknown_key_is_named_with_its_action() {
        let error = Keymap::with_overrides("again = ['f99']").unwrap_err().to_string();
        assert_eq!(error, "the keymap gives `again` the key `f99`, which is no key");
    }

    #[test]
    fn letters_alone_do_not_start_a_diagnosis() {
        let error = Keymap::with_overrides("confirm = ['o']").unwrap_err().to_string();
        assert!(error.contains("`confirm`"), "{error}");
    }

    #[test]
    fn an_override_replaces_the_keys_of_its_action_and_keeps_control_c() {
        let keymap = Keymap::with_overrides("quit = ['f10']\nagain = ['q']").unwrap();
        assert_eq!(keymap.action_of(Key::parse("q").unwrap()), Some(Action::Again));
        assert_eq!(keymap.action_of(Key::parse("f10").unwrap()), Some(Action::Quit));
        assert_eq!(keymap.action_of(Key::parse("ctrl-c").unwrap()), Some(Action::Quit));
        assert_eq!(keymap.action_of(Key::parse("r").unwrap()), None);
    }
}
