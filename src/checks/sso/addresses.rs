//! For whom the response is: the audience, and the addresses it goes to.

use super::material::{Material, Place, Row};
use crate::{
    analysis::{
        regions,
        service_provider::{Consumer, EntityId, build_entity_id, is_of_iam_federation},
    },
    catalog::{Cause, Condition, Placeholder},
    checks::CheckId,
    domain::Region,
    facts::{Failure, FailureKind, Known, Operation},
    saml::{Assertion, Response},
    text,
};

/// What says which Regions and which identity store the instance has.
const OF_THE_INSTANCE: &[Operation] = &[Operation::ListInstances, Operation::DescribeInstance];

/// Returns the audiences that a response names.
fn list_audiences(response: &Response) -> impl Iterator<Item = &str> {
    response.assertion.iter().flat_map(|assertion| &assertion.audiences).flatten().map(String::as_str)
}

/// Returns the addresses of a response, each with the field that it stands in.
fn list_addresses<'a>(material: &Material<'a>, response: &'a Response) -> Vec<(&'static str, &'a str)> {
    let recipient = material.confirmation().and_then(|known| known.recipient.as_deref());
    let fields = [("Destination", response.destination.as_deref()), ("Recipient", recipient)];
    fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
}

/// It is not made for IAM federation, which is another product.
pub(super) fn judge_federation(material: &Material, _: &mut Vec<String>) -> Row {
    let Some((capture, response)) = material.accepted() else { return Row::Silent };
    let mut fields = list_addresses(material, response);
    // One value of a list of audiences is enough.
    if !list_audiences(response).any(|audience| EntityId::parse(audience).is_some()) {
        fields.extend(list_audiences(response).map(|audience| ("Audience", audience)));
    }
    let Some((field, value)) = fields.into_iter().find(|(_, value)| is_of_iam_federation(value)) else {
        return Row::Silent;
    };
    let offers_roles = response.assertion.as_ref().is_some_and(|assertion| assertion.has_role_attributes)
        || material.handed.usable_idp_metadata().is_some_and(|metadata| metadata.has_role_attributes);
    let roles = if offers_roles { ", and the attributes Role or RoleSessionName" } else { "" };
    let found = format!("{}: {field} {}, which is IAM federation's{roles}", capture.origin, text::clean(value));
    Row::fail(Cause::SsoFederationApp, "an application for IAM Identity Center", found)
}

/// It goes to where Identity Center takes it.
pub(super) fn judge_recipient(material: &Material, notes: &mut Vec<String>) -> Row {
    let Some((capture, response)) = material.accepted() else { return Row::Silent };
    let addresses = list_addresses(material, response);
    if addresses.is_empty() {
        notes.push(format!("{}: it names neither Destination nor Recipient", capture.origin));
        return match material.place {
            Place::Known(_) => Row::Silent,
            Place::Running => Row::Pending(Some(CheckId::Instance)),
            Place::Missing => Row::Waits(CheckId::Instance),
        };
    }
    let fail = |field: &str, address: &str, expected: &str, why: &str| {
        let found = format!("{}: {field} {}{why}", capture.origin, text::clean(address));
        Row::fail(Cause::SsoWrongRecipient, expected, found)
            .change(|finding| finding.with_value(Placeholder::Wanted, expected))
    };
    if let Some(metadata) = material.own_metadata() {
        let wrong = addresses.iter().find(|(_, address)| !metadata.consumers.iter().any(|known| known == address));
        if let Some((field, address)) = wrong {
            return fail(field, address, &text::clean(&metadata.consumers.join(", or ")), "");
        }
        return fits_where_known(material, "recipient");
    }
    let expected = describe_consumers(material);
    for (field, address) in &addresses {
        match Consumer::parse(address) {
            Some(Consumer { place: Some(_) }) => {}
            Some(Consumer { place: None }) if !material.knows_hosts() => {}
            _ => return fail(field, address, &expected, ""),
        }
    }
    for (field, address) in &addresses {
        let Some(Consumer { place: Some((region, is_primary_only)) }) = Consumer::parse(address) else { continue };
        if !material.knows_hosts() {
            continue;
        }
        match judge_region(material, &region, is_primary_only) {
            Ok(None) => {}
            Ok(Some(why)) => return fail(field, address, &expected, &why).resting_on(OF_THE_INSTANCE),
            Err(row) => return row,
        }
    }
    fits_where_known(material, "recipient")
}

/// Returns what is wrong with the Region of an address, or why that cannot be told.
fn judge_region(material: &Material, region: &Region, is_primary_only: bool) -> Result<Option<String>, Row> {
    let view = match &material.place {
        Place::Known(view) => view,
        Place::Running => return Err(Row::Pending(Some(CheckId::Instance))),
        Place::Missing => return Ok(None),
    };
    let known = match regions::find_active_regions(view.facts, view.instance) {
        Known::Value(known) => known,
        Known::Pending => return Err(Row::Pending(Some(CheckId::Instance))),
        Known::Failed(_) if !is_primary_only && *region == view.instance.region => return Ok(None),
        Known::Failed(failure) => return Err(Row::unknown(failure)),
    };
    if is_primary_only && *region != known.primary {
        return Ok(Some(format!(", whose form works in the primary Region alone, {}", known.primary)));
    }
    if known.active.contains(region) {
        return Ok(None);
    }
    if known.unreported.contains(region) {
        let message = format!("AWS does not say whether the instance is active in {region}");
        let failure = Failure::new(FailureKind::Malformed, Operation::DescribeInstance, message);
        return Err(Row::unknown(failure.about(&view.instance.region, view.instance.arn.as_str())));
    }
    Ok(Some(format!(", and the instance is not active in {region}")))
}

/// Returns the addresses that Identity Center has, as far as they are known.
fn describe_consumers(material: &Material) -> String {
    let region = match &material.place {
        Place::Known(view) => regions::find_primary_region(view.facts, view.instance).to_string(),
        Place::Running | Place::Missing => "REGION".to_owned(),
    };
    if material.knows_hosts() {
        format!("https://{region}.signin.aws/platform/saml/acs/TENANT, as the Identity Center console shows it")
    } else {
        "https://…/platform/saml/acs/TENANT, as the Identity Center console shows it".to_owned()
    }
}

/// Returns a part as fitting, once it is known what it has to fit.
fn fits_where_known(material: &Material, part: &'static str) -> Row {
    match material.place {
        Place::Known(_) => Row::Fits(part),
        Place::Running => Row::Pending(Some(CheckId::Instance)),
        Place::Missing => Row::Waits(CheckId::Instance),
    }
}

/// It is for this Identity Center.
pub(super) fn judge_audience(material: &Material, _: &mut Vec<String>) -> Row {
    let Some((capture, Response { assertion: Some(assertion), .. })) = material.accepted() else { return Row::Silent };
    let origin = &capture.origin;
    let wanted = match find_wanted_audience(material) {
        Ok(wanted) => wanted,
        Err(row) => return row,
    };
    let expected = match &wanted {
        Wanted::Exactly(entity_id) | Wanted::StoreAt(entity_id, _) => format!("Audience {}", text::clean(entity_id)),
        Wanted::AnyForm => "Audience https://REGION.signin.aws.amazon.com/platform/saml/d-…".to_owned(),
    };
    let with_wanted = |row: Row| match &wanted {
        Wanted::Exactly(entity_id) => row.change(|finding| finding.with_value(Placeholder::Wanted, entity_id.as_str())),
        Wanted::StoreAt(..) | Wanted::AnyForm => row,
    };
    if assertion.audiences.is_empty() {
        let found = format!("{origin}: no AudienceRestriction");
        return with_wanted(Row::warn(Cause::SsoWrongAudience, expected, found)).resting_on(OF_THE_INSTANCE);
    }
    let unfit =
        assertion.audiences.iter().find(|list| !list.iter().any(|audience| wanted.is_met_by(audience, material)));
    let Some(unfit) = unfit else {
        return fits_where_known(material, "audience");
    };
    let named = if unfit.is_empty() { "names none".to_owned() } else { text::clean(&unfit.join(", ")) };
    let (elsewhere, is_elsewhere) = match name_other_store(material, assertion) {
        Some(store) => {
            (format!("; it names the identity store {store}, so the capture may belong to another instance"), true)
        }
        None => (String::new(), false),
    };
    let row = Row::fail(Cause::SsoWrongAudience, expected, format!("{origin}: Audience {named}{elsewhere}"));
    let row = with_wanted(row).resting_on(OF_THE_INSTANCE);
    if is_elsewhere { row.change(|finding| finding.with_condition(Condition::OtherDirectory)) } else { row }
}

/// The audience that Identity Center wants.
enum Wanted {
    /// This one.
    Exactly(String),
    /// One with this path, whatever its host; as it is shown, and the identity store.
    StoreAt(String, String),
    /// One of its form, as long as the instance is not known.
    AnyForm,
}

impl Wanted {
    fn is_met_by(&self, audience: &str, material: &Material) -> bool {
        match self {
            Self::Exactly(entity_id) => audience == entity_id,
            Self::StoreAt(_, store) => EntityId::parse(audience).is_some_and(|named| named.store.as_str() == store),
            Self::AnyForm => {
                EntityId::parse(audience).is_some_and(|named| named.has_usual_host || !material.knows_hosts())
            }
        }
    }
}

fn find_wanted_audience(material: &Material) -> Result<Wanted, Row> {
    if let Some(metadata) = material.own_metadata() {
        return Ok(Wanted::Exactly(metadata.entity_id.clone()));
    }
    let view = match &material.place {
        Place::Known(view) => view,
        Place::Running => return Err(Row::Pending(Some(CheckId::Instance))),
        Place::Missing => return Ok(Wanted::AnyForm),
    };
    if !material.knows_hosts() {
        let store = view.instance.identity_store.to_string();
        return Ok(Wanted::StoreAt(format!("https://…/platform/saml/{store}"), store));
    }
    match build_entity_id(view.facts, view.instance) {
        Known::Value(entity_id) => Ok(Wanted::Exactly(entity_id)),
        Known::Pending => Err(Row::Pending(Some(CheckId::Instance))),
        Known::Failed(failure) => Err(Row::unknown(failure)),
    }
}

/// Returns another identity store that the audiences name, where they name one.
fn name_other_store(material: &Material, assertion: &Assertion) -> Option<String> {
    let Place::Known(view) = &material.place else { return None };
    let named = assertion.audiences.iter().flatten().filter_map(|audience| EntityId::parse(audience));
    named.map(|named| named.store).find(|store| *store != view.instance.identity_store).map(|store| store.to_string())
}
