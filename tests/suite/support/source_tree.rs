//! The source of a crate as a tree of modules that name each other. What stands under `#[cfg(test)]` does not count.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    str::FromStr,
};

use proc_macro2::{TokenStream, TokenTree};

/// The files of a crate, by the paths of their modules.
#[derive(Default)]
pub struct SourceTree {
    files: BTreeMap<String, File>,
}

#[derive(Default)]
struct File {
    /// True for a `mod.rs` or `lib.rs`, which lists the files of its folder.
    is_list: bool,
    /// The paths that it names: from the top of the crate, `crate` first, or of other crates.
    names: BTreeSet<String>,
    /// What its `use` lines bring in, and pass on: the name, and the path of what it means.
    imports: BTreeMap<String, String>,
}

/// Returns the first part of a module's path.
pub fn folder_of(module: &str) -> &str {
    module.split("::").next().unwrap()
}

impl SourceTree {
    pub fn read(folder: &Path) -> Self {
        let mut tree = Self::default();
        tree.read_folder(folder, "crate");
        tree
    }

    fn read_folder(&mut self, folder: &Path, module: &str) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap();
            if path.is_dir() {
                self.read_folder(&path, &format!("{module}::{stem}"));
            } else {
                self.read_file(module, stem, &fs::read_to_string(&path).unwrap());
            }
        }
    }

    fn read_file(&mut self, folder: &str, stem: &str, text: &str) {
        let is_list = stem == "mod" || stem == "lib";
        let module = if is_list { folder.to_owned() } else { format!("{folder}::{stem}") };
        let mut file = File { is_list, ..File::default() };
        file.read_tokens(&module, TokenStream::from_str(text).unwrap());
        for name in std::mem::take(&mut file.names) {
            let (first, rest) = name.split_once("::").unwrap_or((&name, ""));
            let full = file.imports.get(first).map(|import| format!("{import}::{rest}"));
            file.names.insert(full.unwrap_or(name));
        }
        self.files.insert(module, file);
    }

    /// Returns the file that defines what a path means; what other files pass on is followed.
    fn file_of(&self, path: &str) -> Option<&str> {
        let mut module = path.strip_prefix("crate::").map(|_| path)?;
        while !self.files.contains_key(module) {
            module = module.rsplit_once("::")?.0;
        }
        let (module, file) = self.files.get_key_value(module)?;
        let name = path[module.len()..].trim_start_matches("::").split("::").next()?;
        match file.imports.get(name) {
            Some(target) if target.starts_with("crate::") && target != path => self.file_of(target),
            _ => Some(module),
        }
    }

    /// Returns which file uses which. That a `mod.rs` names the files of its folder does not count: it is their list.
    pub fn uses(&self) -> BTreeSet<(&str, &str)> {
        let mut uses = BTreeSet::new();
        for (module, file) in &self.files {
            for used in file.names.iter().filter_map(|path| self.file_of(path)) {
                let is_listed = file.is_list && used.starts_with(&format!("{module}::"));
                if used != module && !is_listed {
                    uses.insert((module.trim_start_matches("crate::"), used.trim_start_matches("crate::")));
                }
            }
        }
        uses
    }

    /// Returns what is left of `uses` without the ways that lead nowhere or come from nowhere: the circles.
    pub fn circles(&self) -> BTreeSet<(&str, &str)> {
        let mut left = self.uses();
        loop {
            let users: BTreeSet<&str> = left.iter().map(|(user, _)| *user).collect();
            let used: BTreeSet<&str> = left.iter().map(|(_, used)| *used).collect();
            let count = left.len();
            left.retain(|(from, to)| used.contains(from) && users.contains(to));
            if left.len() == count {
                return left;
            }
        }
    }

    /// Returns the files that name a path of this kind.
    pub fn files_that_name(&self, is_meant: impl Fn(&str) -> bool) -> BTreeSet<&str> {
        let files = self.files.iter().filter(|(_, file)| file.names.iter().any(|path| is_meant(path)));
        files.map(|(module, _)| module.trim_start_matches("crate::")).collect()
    }
}

impl File {
    fn read_tokens(&mut self, module: &str, tokens: TokenStream) {
        let mut rest: &[TokenTree] = &tokens.into_iter().collect::<Vec<_>>();
        while let [first, after @ ..] = rest {
            rest = after;
            match (first.to_string().as_str(), after) {
                ("#", [attribute, ..]) if attribute.to_string().replace(' ', "") == "[cfg(test)]" => {
                    let ends = |token: &TokenTree| token.to_string() == ";" || token.to_string().starts_with('{');
                    rest = &after[after.iter().position(ends).unwrap() + 1..];
                }
                ("mod", [name, TokenTree::Group(inside), after @ ..]) => {
                    self.read_tokens(&format!("{module}::{name}"), inside.stream());
                    rest = after;
                }
                ("use", after) => {
                    let end = after.iter().position(|token| token.to_string() == ";").unwrap_or(0);
                    for part in after[..end].split(|token| token.to_string() == ",") {
                        self.read_use(module, "", part);
                    }
                    rest = &after[end..];
                }
                (_, after) => {
                    if let TokenTree::Group(inside) = first {
                        self.read_tokens(module, inside.stream());
                    }
                    let mut path = first.to_string();
                    while let [one, other, name @ TokenTree::Ident(_), after @ ..] = rest
                        && (one.to_string(), other.to_string()) == (":".to_owned(), ":".to_owned())
                        && matches!(first, TokenTree::Ident(_))
                    {
                        path = format!("{path}::{name}");
                        rest = after;
                    }
                    if path.contains("::") && after.len() != rest.len() {
                        self.names.insert(make_absolute(module, &path));
                    }
                }
            }
        }
    }

    /// Reads one branch of the tree behind `use`.
    fn read_use(&mut self, module: &str, before: &str, branch: &[TokenTree]) {
        let mut path = before.to_owned();
        let mut words = branch.iter().filter(|token| token.to_string() != ":");
        let mut name = None;
        if branch.is_empty() {
            return;
        }
        while let Some(word) = words.next() {
            match (word, word.to_string().as_str()) {
                (TokenTree::Group(inside), _) => {
                    let tokens: Vec<TokenTree> = inside.stream().into_iter().collect();
                    for part in tokens.split(|token| token.to_string() == ",") {
                        self.read_use(module, &path, part);
                    }
                    return;
                }
                (_, "as") => name = words.next().map(ToString::to_string),
                (_, "self") if !path.is_empty() => {}
                (_, word) => path = if path.is_empty() { word.to_owned() } else { format!("{path}::{word}") },
            }
        }
        let path = make_absolute(module, &path);
        let name = name.unwrap_or_else(|| path.rsplit("::").next().unwrap().to_owned());
        self.names.insert(path.clone());
        self.imports.insert(name, path);
    }
}

/// Returns a path from the top of the crate, when it is one of this crate.
fn make_absolute(module: &str, path: &str) -> String {
    let (first, rest) = path.split_once("::").unwrap_or((path, ""));
    match first {
        "self" => format!("{module}::{rest}"),
        "super" if rest.starts_with("super::") => make_absolute(module.rsplit_once("::").unwrap().0, rest),
        "super" => format!("{}::{rest}", module.rsplit_once("::").unwrap().0),
        "sso_doctor" => format!("crate::{rest}"),
        _ => path.to_owned(),
    }
}
