//! The catalogue of words: `assets/causes.toml`.

/// The words of every cause.
#[derive(Debug, Clone)]
pub struct Words {}

impl Words {
    /// The built-in words.
    ///
    /// # Errors
    /// If the built-in file is broken.
    pub fn built_in() -> anyhow::Result<Self> {
        Ok(Self {})
    }
}
