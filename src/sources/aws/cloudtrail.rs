//! CloudTrail's event history.

use aws_sdk_cloudtrail::{
    error::SdkError,
    operation::lookup_events::{LookupEventsError, LookupEventsOutput},
    types::{Event, LookupAttribute, LookupAttributeKey},
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::DateTime;
use jiff::Timestamp;

use super::{
    classify::{Refusal, classify_error},
    clients::Aws,
    send::{Answered, Question, keep_nonempty},
    sign_in_event::{Envelope, Record, read_record},
    watch::Watch,
};
use crate::{
    domain::{PageToken, SignInEventName},
    facts::{EventPage, FailureKind, LookupEvents, Operation},
};

/// The most that a page may hold.
const PAGE: i32 = 50;

pub(super) async fn look_up_events(aws: &Aws, question: Question<'_>, query: &LookupEvents) -> Answered<EventPage> {
    let attribute = LookupAttribute::builder()
        .attribute_key(LookupAttributeKey::EventName)
        .attribute_value(query.name.as_str())
        .build()
        .map_err(|error| question.report_malformed(&error.to_string()))?;
    let response = question.send_known(|watch| send_paced(aws, query, attribute, watch)).await?;
    response.read(|page| {
        let next = keep_nonempty(page.next_token()).map(PageToken::new);
        let (mut events, mut unreadable) = (Vec::new(), 0);
        for event in page.events() {
            match read_envelope(event, query.name) {
                Record::Event(event) => events.push(*event),
                Record::Other => {}
                Record::Unreadable => unreadable += 1,
            }
        }
        Ok(EventPage { events, unreadable, next })
    })
}

/// Sends a request when its turn has come, and again where that may help, each in a turn of its own.
async fn send_paced(
    aws: &Aws,
    query: &LookupEvents,
    attribute: LookupAttribute,
    watch: Watch,
) -> Result<LookupEventsOutput, SdkError<LookupEventsError, HttpResponse>> {
    let client = aws.clients_in(&query.region).cloudtrail;
    let mut tries = 1;
    loop {
        aws.event_pace.wait_for_turn(&query.region).await;
        let request = client
            .lookup_events()
            .lookup_attributes(attribute.clone())
            .start_time(DateTime::from_secs(query.from.as_second()))
            .set_end_time(query.to.map(|to| DateTime::from_secs(to.as_second())))
            .max_results(PAGE)
            .set_next_token(query.after.as_ref().map(|token| token.as_str().to_owned()));
        let error = match request.customize().interceptor(watch.clone()).send().await {
            Ok(page) => return Ok(page),
            Err(error) => error,
        };
        if tries >= aws.attempts() || !may_pass(&error) {
            return Err(error);
        }
        // Somebody else may be asking with the same account.
        tokio::time::sleep(aws.event_pace.between() * tries).await;
        tries += 1;
    }
}

/// Returns true for what may be different a moment later. Who did not answer in time has had the time of several tries.
fn may_pass(error: &SdkError<LookupEventsError, HttpResponse>) -> bool {
    let is_of_server = error.raw_response().is_some_and(|response| response.status().as_u16() >= 500);
    let is_of_network = matches!(error, SdkError::DispatchFailure(failure) if failure.is_io());
    let kind = match classify_error(Operation::LookupEvents, error, "") {
        Refusal::Failed(kind, _) => kind,
        Refusal::NotFound => return false,
    };
    kind == FailureKind::Throttled || (kind == FailureKind::Unreachable && (is_of_server || is_of_network))
}

fn read_envelope(event: &Event, asked: SignInEventName) -> Record {
    let Some(record) = event.cloud_trail_event() else { return Record::Unreadable };
    let at = event.event_time().and_then(|at| Timestamp::new(at.secs(), 0).ok());
    let envelope = Envelope { name: event.event_name(), id: event.event_id(), source: event.event_source(), at };
    read_record(record, &envelope, asked)
}
