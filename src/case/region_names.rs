//! Which Region of AWS somebody means who says "Ireland", "eu west 1" or "Europe (Ireland)".
//!
//! The names are data: `assets/regions.toml`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde::Deserialize;

use crate::domain::Region;

/// What somebody means who names a Region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeantRegions {
    /// This one.
    One(Region),
    /// One of these.
    Several(Vec<Region>),
    /// None, but something close to one of these; what was said may be the code of a Region that is not in the list.
    NearMiss {
        /// The code, where it is in the form of one.
        code: Option<Region>,
        /// The Regions that may have been meant.
        close: Vec<Region>,
    },
    /// No Region.
    Nothing,
}

/// More words than anybody needs to name a Region are not looked at.
const MOST_WORDS: usize = 24;

/// How many letters of a longer name may be wrong, missing, too many, or swapped with the next one.
const MOST_TYPOS: usize = 2;

static NAMES: LazyLock<RegionNames> = LazyLock::new(read_built_in);

/// Returns which Regions somebody means.
#[must_use]
pub fn read_region(said: &str) -> MeantRegions {
    NAMES.read(said)
}

/// Returns the name that AWS gives a Region in its console, when the Region is in the list.
#[must_use]
pub fn name_of_region(region: &Region) -> Option<&'static str> {
    NAMES.regions.iter().find(|known| known.code == *region).map(|known| known.name.as_str())
}

/// Returns the Regions of the list.
pub fn list_regions() -> impl Iterator<Item = &'static Region> {
    NAMES.regions.iter().map(|known| &known.code)
}

/// Returns true for a word that stands in the code of a Region, such as `eu` or `west`.
#[must_use]
pub fn is_word_of_regions(word: &str) -> bool {
    NAMES.regions.iter().any(|known| known.code.as_str().split('-').any(|part| part == word))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionFile {
    ignored: Vec<String>,
    joining: Vec<String>,
    spoken: BTreeMap<String, Vec<String>>,
    numbers: BTreeMap<String, String>,
    regions: Vec<KnownRegion>,
    several: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownRegion {
    code: Region,
    name: String,
    aliases: Vec<String>,
}

/// Aliases that mean several Regions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    aliases: Vec<String>,
    codes: Vec<Region>,
}

/// The names, ready to be looked up.
struct RegionNames {
    ignored: BTreeSet<String>,
    joining: BTreeSet<String>,
    numbers: BTreeMap<String, String>,
    regions: Vec<KnownRegion>,
    /// What each name means, as places in `regions`. A name is written as one word.
    meanings: BTreeMap<String, BTreeSet<usize>>,
}

#[expect(clippy::expect_used, reason = "the file is built in, and the tests read it")]
fn read_built_in() -> RegionNames {
    let file: RegionFile =
        toml::from_str(include_str!("../../assets/regions.toml")).expect("the built-in Regions can be read");
    RegionNames::new(file)
}

impl RegionNames {
    fn new(file: RegionFile) -> Self {
        let mut names = Self {
            ignored: file.ignored.into_iter().collect(),
            joining: file.joining.into_iter().collect(),
            numbers: file.numbers,
            regions: Vec::new(),
            meanings: BTreeMap::new(),
        };
        for (place, region) in file.regions.iter().enumerate() {
            for name in region.aliases.iter().chain([&region.name]) {
                names.add(name, place);
            }
            for code in spell_code(region.code.as_str(), &file.spoken) {
                names.add(&code, place);
                // Without its number it means every Region that begins so.
                if let Some((family, _)) = code.rsplit_once('-') {
                    names.add(family, place);
                }
            }
        }
        for group in &file.several {
            let is_meant = |region: &KnownRegion| group.codes.contains(&region.code);
            let places = file.regions.iter().enumerate().filter(|(_, region)| is_meant(region)).map(|(place, _)| place);
            for place in places {
                group.aliases.iter().for_each(|alias| names.add(alias, place));
            }
        }
        names.regions = file.regions;
        names
    }

    fn add(&mut self, name: &str, place: usize) {
        let (words, _) = self.split_words(name);
        self.meanings.entry(words.concat()).or_default().insert(place);
    }

    /// Returns the words that say something, without accents and in lower case, and true when some of them stand on
    /// both sides of an "or".
    fn split_words(&self, said: &str) -> (Vec<String>, bool) {
        let folded = deunicode::deunicode(said).to_lowercase();
        let mut words = Vec::new();
        let mut is_joined = folded.contains([',', '/', ';', '|', '&']);
        for word in folded.split(|character: char| !character.is_ascii_alphanumeric()).take(MOST_WORDS) {
            if self.joining.contains(word) {
                is_joined = true;
            } else if !word.is_empty() && !self.ignored.contains(word) {
                words.push(self.numbers.get(word).cloned().unwrap_or_else(|| word.to_owned()));
            }
        }
        (words, is_joined)
    }

    fn read(&self, said: &str) -> MeantRegions {
        let (words, is_joined) = self.split_words(said);
        let (phrases, unknown) = self.find_phrases(&words);
        let is_whole = unknown.is_empty();
        if is_whole && let Some(meant) = agree(&phrases) {
            return self.mean(&meant);
        }
        if is_whole && is_joined && !phrases.is_empty() {
            return self.mean(&unite(&phrases));
        }
        let code = said.trim().to_lowercase();
        let code = Region::is_well_formed(&code).then(|| Region::new(code));
        let close = self.find_close(&words.concat());
        match code {
            _ if !close.is_empty() => MeantRegions::NearMiss { code, close: self.list(&close) },
            Some(code) => MeantRegions::One(code),
            // A part of it was understood, or its parts contradict each other.
            None => {
                let guesses: Vec<BTreeSet<usize>> = unknown.iter().map(|word| self.find_close(word)).collect();
                let mut clues = phrases;
                clues.extend(guesses.iter().filter(|guess| !guess.is_empty()));
                let close = self.list(&agree(&clues).unwrap_or_else(|| unite(&clues)));
                if close.is_empty() { MeantRegions::Nothing } else { MeantRegions::NearMiss { code, close } }
            }
        }
    }

    /// Returns what the known names among the words mean, the longest names first, and the words that are left over.
    fn find_phrases<'a>(&self, words: &'a [String]) -> (Vec<&BTreeSet<usize>>, Vec<&'a str>) {
        let mut phrases = Vec::new();
        let mut unknown = Vec::new();
        let mut rest = words;
        while !rest.is_empty() {
            let longest = (1..=rest.len()).rev().find_map(|length| {
                let (phrase, behind) = rest.split_at_checked(length)?;
                Some((self.meanings.get(&phrase.concat())?, behind))
            });
            if let Some((meaning, behind)) = longest {
                phrases.push(meaning);
                rest = behind;
            } else if let Some((word, behind)) = rest.split_first() {
                unknown.push(word.as_str());
                rest = behind;
            }
        }
        (phrases, unknown)
    }

    /// Returns the Regions with a name that differs by a typing error; of several, those of the fewest errors.
    fn find_close(&self, said: &str) -> BTreeSet<usize> {
        let allowed = match said.len() {
            0..4 => 0,
            4..8 => 1,
            _ => MOST_TYPOS,
        };
        let mut fewest = allowed;
        let mut close = BTreeSet::new();
        for (name, meaning) in &self.meanings {
            if name.len().abs_diff(said.len()) > fewest {
                continue;
            }
            let typos = strsim::osa_distance(name, said);
            if (1..fewest).contains(&typos) {
                close.clear();
                fewest = typos;
            }
            if typos == fewest && typos > 0 {
                close.extend(meaning);
            }
        }
        close
    }

    fn mean(&self, places: &BTreeSet<usize>) -> MeantRegions {
        let mut regions = self.list(places);
        match regions.len() {
            1 => regions.pop().map_or(MeantRegions::Nothing, MeantRegions::One),
            _ => MeantRegions::Several(regions),
        }
    }

    fn list(&self, places: &BTreeSet<usize>) -> Vec<Region> {
        places.iter().filter_map(|place| Some(self.regions.get(*place)?.code.clone())).collect()
    }
}

/// Returns a code as AWS writes it, and as people say it.
fn spell_code(code: &str, spoken: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut spellings = vec![code.to_owned()];
    if let Some((first, rest)) = code.split_once('-') {
        let others = spoken.get(first).into_iter().flatten();
        spellings.extend(others.map(|other| format!("{other}-{rest}")));
    }
    spellings
}

/// Returns what all phrases can mean, when there is such a Region: "US East (Ohio)" narrows one down by the other.
fn agree(phrases: &[&BTreeSet<usize>]) -> Option<BTreeSet<usize>> {
    let (first, others) = phrases.split_first()?;
    let mut meant = (*first).clone();
    for other in others {
        meant.retain(|place| other.contains(place));
    }
    (!meant.is_empty()).then_some(meant)
}

/// Returns what any of the phrases means.
fn unite(phrases: &[&BTreeSet<usize>]) -> BTreeSet<usize> {
    phrases.iter().copied().flatten().copied().collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("eu-west-1", "eu-west-1")]
    #[case("EU-WEST-1", "eu-west-1")]
    #[case("eu west 1", "eu-west-1")]
    #[case("euwest1", "eu-west-1")]
    #[case("eu_west_1", "eu-west-1")]
    #[case("eu.west.1", "eu-west-1")]
    #[case("eu–west–1", "eu-west-1")]
    #[case("eu west one", "eu-west-1")]
    #[case("EU dash West dash one", "eu-west-1")]
    #[case("Europe West 1", "eu-west-1")]
    #[case("Ireland", "eu-west-1")]
    #[case("  ireland.", "eu-west-1")]
    #[case("Europe (Ireland)", "eu-west-1")]
    #[case("EU (Ireland)", "eu-west-1")]
    #[case("Europe (Ireland)eu-west-1", "eu-west-1")]
    #[case("eu-west-1 (Ireland)", "eu-west-1")]
    #[case("Dublin, Ireland", "eu-west-1")]
    #[case("euw1", "eu-west-1")]
    #[case("Frankfurt", "eu-central-1")]
    #[case("frankfurt am Main", "eu-central-1")]
    #[case("Germany", "eu-central-1")]
    #[case("the UK", "eu-west-2")]
    #[case("Zürich", "eu-central-2")]
    #[case("Stockholm", "eu-north-1")]
    #[case("eu north", "eu-north-1")]
    #[case("España", "eu-south-2")]
    #[case("N. Virginia", "us-east-1")]
    #[case("northern virginia", "us-east-1")]
    #[case("Virginia", "us-east-1")]
    #[case("us east 1 (N. Virginia)", "us-east-1")]
    #[case("US East (N. Virginia)", "us-east-1")]
    #[case("us-east1", "us-east-1")]
    #[case("use1", "us-east-1")]
    #[case("US East (Ohio)", "us-east-2")]
    #[case("Ohio", "us-east-2")]
    #[case("N. California", "us-west-1")]
    #[case("Canada (Central)", "ca-central-1")]
    #[case("São Paulo", "sa-east-1")]
    #[case("Sa\u{303}o Paulo", "sa-east-1")]
    #[case("South America (São Paulo)", "sa-east-1")]
    #[case("Asia Pacific (Mumbai)", "ap-south-1")]
    #[case("asia pacific north east 1", "ap-northeast-1")]
    #[case("Tokyo, Japan", "ap-northeast-1")]
    #[case("Singapore", "ap-southeast-1")]
    #[case("Cape Town", "af-south-1")]
    #[case("Tel Aviv", "il-central-1")]
    #[case("UAE", "me-central-1")]
    #[case("Mexico", "mx-central-1")]
    #[case("AWS GovCloud (US-East)", "us-gov-east-1")]
    #[case("gov west", "us-gov-west-1")]
    #[case("China (Beijing)", "cn-north-1")]
    #[case("AWS European Sovereign Cloud (Germany)", "eusc-de-east-1")]
    fn one_region_is_meant(#[case] said: &str, #[case] code: &str) {
        assert_eq!(read_region(said), MeantRegions::One(Region::new(code)));
    }

    #[rstest]
    #[case("US East", &["us-east-1", "us-east-2"])]
    #[case("us-west", &["us-west-1", "us-west-2"])]
    #[case("eu central", &["eu-central-1", "eu-central-2"])]
    #[case("India", &["ap-south-1", "ap-south-2"])]
    #[case("Canada", &["ca-central-1", "ca-west-1"])]
    #[case("GovCloud", &["us-gov-east-1", "us-gov-west-1"])]
    #[case("Ireland or Frankfurt", &["eu-central-1", "eu-west-1"])]
    #[case("us-east-1, eu-west-1", &["us-east-1", "eu-west-1"])]
    fn several_regions_are_meant(#[case] said: &str, #[case] codes: &[&str]) {
        assert_eq!(read_region(said), MeantRegions::Several(regions(codes)));
    }

    #[test]
    fn a_continent_is_all_of_its_regions() {
        let MeantRegions::Several(europe) = read_region("Europe") else { panic!() };
        assert!(europe.len() > 5 && europe.iter().all(|region| region.as_str().starts_with("eu")), "{europe:?}");
    }

    #[rstest]
    #[case::swapped("eu-wset-1", Some("eu-wset-1"), &["eu-west-1"])]
    #[case::not_in_the_list("eu-west-9", Some("eu-west-9"), &["eu-west-1", "eu-west-2", "eu-west-3"])]
    #[case::misspelt_place("Europe (Irelnd)", None, &["eu-west-1"])]
    #[case::misspelt_in_a_sentence("it says Irelnad", None, &["eu-west-1"])]
    #[case::misspelt_alone("Frankfort", None, &["eu-central-1"])]
    #[case::availability_zone("us-west-2a", None, &["us-west-2"])]
    #[case::in_a_sentence("it says Ohio", None, &["us-east-2"])]
    #[case::an_address("https://eu-west-1.console.aws.amazon.com", None, &["eu-west-1"])]
    #[case::contradiction("us-east-1 (Ireland)", None, &["us-east-1", "eu-west-1"])]
    fn a_near_miss_has_suggestions(#[case] said: &str, #[case] code: Option<&str>, #[case] close: &[&str]) {
        let code = code.map(Region::new);
        assert_eq!(read_region(said), MeantRegions::NearMiss { code, close: regions(close) });
    }

    #[rstest]
    #[case("banana")]
    #[case("default")]
    #[case("N/A")]
    #[case("?")]
    #[case("the AWS Region")]
    #[case("東京駅")]
    #[case("")]
    fn nothing_is_meant(#[case] said: &str) {
        assert_eq!(read_region(said), MeantRegions::Nothing);
    }

    /// It may be one that AWS has opened since.
    #[test]
    fn a_code_that_is_like_no_other_is_taken_as_it_is() {
        assert_eq!(read_region("XX-Nowhere-1"), MeantRegions::One(Region::new("xx-nowhere-1")));
    }

    #[test]
    fn an_alias_means_one_region_unless_it_says_so() {
        let file: RegionFile = toml::from_str(include_str!("../../assets/regions.toml")).unwrap();
        for region in &file.regions {
            assert!(!region.aliases.is_empty(), "{}", region.code);
            for said in region.aliases.iter().chain([&region.name]) {
                assert_eq!(read_region(said), MeantRegions::One(region.code.clone()), "{said}");
            }
            let said = format!("{} {}", region.name, region.code);
            assert_eq!(read_region(&said), MeantRegions::One(region.code.clone()), "{said}");
        }
        for group in &file.several {
            for alias in &group.aliases {
                let MeantRegions::Several(meant) = read_region(alias) else { panic!("{alias}") };
                let as_set = |regions: &[Region]| regions.iter().cloned().collect::<BTreeSet<_>>();
                assert_eq!(as_set(&meant), as_set(&group.codes), "{alias}");
            }
        }
    }

    fn regions(codes: &[&str]) -> Vec<Region> {
        codes.iter().map(|code| Region::new(*code)).collect()
    }
}
