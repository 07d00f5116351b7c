//! The page on which the agent enters what the identity provider's side handed over.

use tui_input::Input;

use crate::sources::handed_over::{Place, Places};

/// What can be handed over, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Item {
    /// What the user's browser posted.
    #[default]
    Response,
    /// The identity provider's metadata.
    IdpMetadata,
    /// The certificates that Identity Center holds.
    Certificates,
    /// Identity Center's own metadata.
    SpMetadata,
}

impl Item {
    /// All, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Response, Self::IdpMetadata, Self::Certificates, Self::SpMetadata];

    /// The label, which errors name, too.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Response => "Response",
            Self::IdpMetadata => "Provider",
            Self::Certificates => "Certificates",
            Self::SpMetadata => "Own metadata",
        }
    }
}

/// What stands on the page.
#[derive(Debug, Clone, Default)]
pub struct HandOver {
    inputs: [Input; 4],
    /// Texts that were pasted, in place of a path.
    pasted: [Option<String>; 4],
    /// The field that is typed into.
    pub item: Item,
    /// Why something could not be read.
    pub problem: Option<String>,
    /// The number of the reading that is under way.
    pub reading: Option<u64>,
}

impl HandOver {
    /// Returns the path in a field.
    pub(crate) fn input(&self, item: Item) -> Option<&Input> {
        self.inputs.get(item as usize)
    }

    /// Returns the field that the keys go to. Whoever types into it no longer means what was pasted.
    pub(crate) fn input_mut(&mut self) -> Option<&mut Input> {
        self.problem = None;
        if let Some(pasted) = self.pasted.get_mut(self.item as usize) {
            *pasted = None;
        }
        self.inputs.get_mut(self.item as usize)
    }

    /// Returns the text that was pasted in place of a path.
    pub(crate) fn pasted(&self, item: Item) -> Option<&str> {
        self.pasted.get(item as usize)?.as_deref()
    }

    /// Takes a text in place of a path.
    pub(crate) fn set_pasted(&mut self, text: String) {
        if let Some(input) = self.input_mut() {
            *input = Input::default();
        }
        if let Some(pasted) = self.pasted.get_mut(self.item as usize) {
            *pasted = Some(text);
        }
    }

    /// Returns where everything is; `None` where nothing was entered.
    pub(crate) fn list_places(&self) -> Option<Places> {
        let place = |item: Item| {
            if let Some(text) = self.pasted(item) {
                return Some(Place::pasted(item.label(), text.to_owned()));
            }
            let typed = self.input(item)?.value().trim();
            (!typed.is_empty()).then(|| Place::named(item.label(), typed))
        };
        let places = Places {
            idp_metadata: place(Item::IdpMetadata),
            sp_metadata: place(Item::SpMetadata),
            saml_response: place(Item::Response),
            idp_certificate: place(Item::Certificates),
        };
        (places != Places::default()).then_some(places)
    }
}
