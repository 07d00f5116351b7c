//! The page on which the agent enters what the identity provider's side handed over, and how to get each of it.

use ratatui::{layout::Size, text::Line};

use super::{
    form::{FormLines, show_input},
    writer::{LineWriter, build_rule},
};
use crate::{
    checks::Status,
    saml::HandedOver,
    text,
    tui::{
        measure::{pad_text, wrap_text},
        model::{Item, Model},
        theme::{Glyph, Tone},
    },
};

/// The columns before the values.
const LABEL: usize = 17;

/// Returns the page for an area of that size.
pub(crate) fn build_hand_over_lines(model: &Model, size: Size) -> FormLines {
    let theme = model.app.theme;
    let columns = usize::from(size.width);
    let mut page = FormLines::default();
    page.lines.push(Line::default());
    page.lines.push(theme.style_text(Tone::Strong, "  What does the identity provider send?").into());
    page.lines.push(Line::default());
    for item in Item::ALL {
        add_field(&mut page, model, item, columns);
    }
    let (tone, under) = describe_state(model);
    for line in wrap_text(&under, columns.saturating_sub(3)) {
        page.lines.push(theme.style_text(tone, format!("  {line}")).into());
    }
    page.lines.push(Line::default());
    page.lines.push(build_rule(theme, size.width, title_of(model.hand_over.item), "", false));
    let mut writer = LineWriter::new(theme, columns.saturating_sub(3));
    for (number, step) in list_steps(model.hand_over.item).iter().enumerate() {
        writer.add_item(&format!("{}. ", number + 1), step);
    }
    for line in writer.lines {
        let indented = std::iter::once("  ".into()).chain(line.spans);
        page.lines.push(Line::from(indented.collect::<Vec<_>>()));
    }
    page
}

fn add_field(page: &mut FormLines, model: &Model, item: Item, columns: usize) {
    let theme = model.app.theme;
    let is_active = model.hand_over.item == item;
    let marker = if is_active { theme.glyph(Glyph::MARKER) } else { " " };
    let label = format!("{marker} {}", pad_text(item.label(), LABEL - 2));
    let mut spans = vec![theme.style_text(if is_active { Tone::Strong } else { Tone::Quiet }, label)];
    let room = columns.saturating_sub(LABEL + 1);
    if is_active {
        (page.active, page.last_about_active) = (page.lines.len(), page.lines.len());
        page.cursor = Some(LABEL);
    }
    if let Some(pasted) = model.hand_over.pasted(item) {
        let words = format!("pasted: {}", text::count(pasted.chars().count(), "character", "characters"));
        spans.push(theme.style_text(Tone::Plain, theme.cut_text(&words, room)));
    } else if let Some(input) = model.hand_over.input(item) {
        let (value, cursor) = show_input(input, room);
        if is_active {
            page.cursor = Some(LABEL + cursor);
        }
        let known = name_of_known(&model.handed_over, item).filter(|_| input.value().is_empty());
        spans.push(match known {
            Some(known) => theme.style_text(Tone::Quiet, theme.cut_text(&format!("  (read: {known})"), room)),
            None => theme.style_text(Tone::Plain, value),
        });
    }
    page.lines.push(Line::from(spans));
}

/// Returns where something came from that was read before.
fn name_of_known(handed_over: &HandedOver, item: Item) -> Option<&str> {
    let origin = match item {
        Item::Response => handed_over.capture.as_ref().map(|handed| &handed.origin),
        Item::IdpMetadata => handed_over.idp_metadata.as_ref().map(|handed| &handed.origin),
        Item::Certificates => handed_over.certificates.as_ref().map(|handed| &handed.origin),
        Item::SpMetadata => handed_over.sp_metadata.as_ref().map(|handed| &handed.origin),
    };
    origin.map(String::as_str)
}

fn describe_state(model: &Model) -> (Tone, String) {
    let page = &model.hand_over;
    if let Some(problem) = &page.problem {
        return (Tone::Bad, format!("{} {problem}", model.app.theme.status_glyph(Status::Fail)));
    }
    if page.reading.is_some() {
        return (Tone::Quiet, "Reading.".to_owned());
    }
    let web = if page.item == Item::IdpMetadata { ", or an https address" } else { "" };
    (Tone::Quiet, format!("A file's path{web}, or paste the text. It is read here and kept nowhere."))
}

fn title_of(item: Item) -> &'static str {
    match item {
        Item::Response => "How to get it from the user",
        Item::IdpMetadata => "How to get it from the identity provider's administrator",
        Item::Certificates | Item::SpMetadata => "How to get it from Identity Center's administrator",
    }
}

/// Returns how an agent on the phone gets it.
fn list_steps(item: Item) -> &'static [&'static str] {
    match item {
        Item::Response => &[
            "The user opens a private window, presses F12, and chooses the tab Network (on a Mac: Option-Command-I).",
            "There the user switches on \"Preserve log\" (Firefox: the wheel, \"Persist Logs\").",
            "The user signs in as usual, until the error comes.",
            "The user right-clicks the list, chooses \"Save all as HAR\", and sends you the file.",
            "A SAML-tracer export, or the value of SAMLResponse alone, does as well.",
            "Whoever has the file can sign in with it for some minutes: delete it when it is read.",
        ],
        Item::IdpMetadata => &[
            "Entra ID: Enterprise applications, the AWS application, Single sign-on, \"Federation Metadata XML\".",
            "Okta: Applications, the AWS application, Sign On, \"Metadata URL\".",
            "Google: Security, Authentication, SSO with SAML applications, \"Download metadata\".",
            "An address is fetched, with nothing of yours in the request.",
        ],
        Item::Certificates => &[
            "IAM Identity Center console: Settings, Identity source, Actions, Manage authentication, Manage certificate.",
            "Save what is listed there as PEM, one below the other.",
        ],
        Item::SpMetadata => &[
            "IAM Identity Center console: Settings, Identity source, Actions, Manage authentication.",
            "Under \"Service provider metadata\", download the metadata file.",
        ],
    }
}
