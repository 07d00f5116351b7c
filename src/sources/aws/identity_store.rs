//! The identity store: users, groups, memberships.

use aws_sdk_identitystore::types::{
    AlternateIdentifier, GroupMembership, MemberId, UniqueAttribute, User as SdkUser, UserStatus,
};
use aws_smithy_types::{DateTime, Document};
use jiff::Timestamp;

use super::{
    clients::Aws,
    send::{Answered, Question, keep_nonempty},
};
use crate::{
    domain::{Group, GroupId, IdentityStoreId, LookupKey, Member, Membership, PageToken, User, UserId},
    facts::{
        DescribeGroup, DescribeUser, GetGroupId, GetUserId, ListGroupMemberships, ListGroupMembershipsForMember,
        ListUsers, MemberPage, UserPage,
    },
};

/// The most that a page may hold.
const PAGE: i32 = 100;

pub(super) async fn get_user_id(aws: &Aws, question: Question<'_>, query: &GetUserId) -> Answered<Option<UserId>> {
    let GetUserId { region, store, key } = query;
    let path = if matches!(key, LookupKey::Email(_)) { "emails.value" } else { "userName" };
    let identifier = build_identifier(&question, path, key.value())?;
    let client = aws.clients_in(region).identity_store;
    let request = client.get_user_id().identity_store_id(store.as_str()).alternate_identifier(identifier);
    let Some(response) = question.send(|watch| request.customize().interceptor(watch).send()).await? else {
        return Ok(None);
    };
    response
        .read(|answer| {
            question.require_same(Some(answer.identity_store_id()), store.as_str(), "identity store")?;
            Ok(UserId::new(question.require_text(Some(answer.user_id()), "UserId")?))
        })
        .map(Some)
}

pub(super) async fn get_group_id(aws: &Aws, question: Question<'_>, query: &GetGroupId) -> Answered<Option<GroupId>> {
    let GetGroupId { region, store, name } = query;
    let identifier = build_identifier(&question, "displayName", name)?;
    let client = aws.clients_in(region).identity_store;
    let request = client.get_group_id().identity_store_id(store.as_str()).alternate_identifier(identifier);
    let Some(response) = question.send(|watch| request.customize().interceptor(watch).send()).await? else {
        return Ok(None);
    };
    response
        .read(|answer| {
            question.require_same(Some(answer.identity_store_id()), store.as_str(), "identity store")?;
            Ok(GroupId::new(question.require_text(Some(answer.group_id()), "GroupId")?))
        })
        .map(Some)
}

/// Returns the attribute by which somebody or something is looked up.
fn build_identifier(question: &Question, path: &str, value: &str) -> Answered<AlternateIdentifier> {
    let attribute = UniqueAttribute::builder().attribute_path(path).attribute_value(Document::from(value)).build();
    let attribute = attribute.map_err(|_| question.report_malformed("the look-up could not be built"))?;
    Ok(AlternateIdentifier::UniqueAttribute(attribute))
}

pub(super) async fn describe_user(aws: &Aws, question: Question<'_>, query: &DescribeUser) -> Answered<Option<User>> {
    let DescribeUser { region, store, user: id } = query;
    let client = aws.clients_in(region).identity_store;
    let request = client.describe_user().identity_store_id(store.as_str()).user_id(id.as_str());
    let Some(response) = question.send(|watch| request.customize().interceptor(watch).send()).await? else {
        return Ok(None);
    };
    response
        .read(|answer| {
            question.require_same(Some(answer.identity_store_id()), store.as_str(), "identity store")?;
            question.require_same(Some(answer.user_id()), id.as_str(), "user")?;
            let emails = answer.emails().iter().map(|email| (email.primary(), email.value()));
            Ok(User {
                id: id.clone(),
                user_name: keep_nonempty(answer.user_name()),
                display_name: keep_nonempty(answer.display_name()),
                given_name: answer.name().and_then(|name| keep_nonempty(name.given_name())),
                family_name: answer.name().and_then(|name| keep_nonempty(name.family_name())),
                nick_name: keep_nonempty(answer.nick_name()),
                emails: sort_primary_first(emails),
                enabled: read_enabled(answer.user_status()),
                external: !answer.external_ids().is_empty(),
            })
        })
        .map(Some)
}

fn sort_primary_first<'a>(emails: impl Iterator<Item = (bool, Option<&'a str>)>) -> Vec<String> {
    let mut emails: Vec<(bool, String)> =
        emails.filter_map(|(primary, email)| Some((primary, keep_nonempty(email)?))).collect();
    emails.sort_by_key(|(primary, _)| !primary);
    emails.into_iter().map(|(_, email)| email).collect()
}

fn read_enabled(status: Option<&UserStatus>) -> Option<bool> {
    match status {
        Some(UserStatus::Enabled) => Some(true),
        Some(UserStatus::Disabled) => Some(false),
        _ => None,
    }
}

fn read_timestamp(time: Option<&DateTime>) -> Option<Timestamp> {
    Timestamp::from_second(time?.secs()).ok()
}

pub(super) async fn list_group_memberships_for_member(
    aws: &Aws,
    question: Question<'_>,
    query: &ListGroupMembershipsForMember,
) -> Answered<Vec<Membership>> {
    let ListGroupMembershipsForMember { region, store, user } = query;
    let client = aws.clients_in(region).identity_store;
    question
        .ask_all_pages(async |token| {
            let request = client
                .list_group_memberships_for_member()
                .identity_store_id(store.as_str())
                .member_id(MemberId::UserId(user.to_string()))
                .max_results(PAGE)
                .set_next_token(token);
            let response = question.send_known(|watch| request.customize().interceptor(watch).send()).await?;
            response.read(|page| {
                let listed = page.group_memberships().iter();
                let memberships = listed.map(|membership| read_membership(&question, store, user, membership));
                Ok((memberships.collect::<Answered<_>>()?, page.next_token))
            })
        })
        .await
}

fn read_membership(
    question: &Question,
    store: &IdentityStoreId,
    user: &UserId,
    membership: &GroupMembership,
) -> Answered<Membership> {
    question.require_same(Some(membership.identity_store_id()), store.as_str(), "identity store")?;
    if let Some(MemberId::UserId(member)) = membership.member_id() {
        question.require_same(Some(member), user.as_str(), "user")?;
    }
    let group = GroupId::new(question.require_text(membership.group_id(), "GroupId")?);
    Ok(Membership { group, since: read_timestamp(membership.created_at()) })
}

pub(super) async fn describe_group(
    aws: &Aws,
    question: Question<'_>,
    query: &DescribeGroup,
) -> Answered<Option<Group>> {
    let DescribeGroup { region, store, group: id } = query;
    let client = aws.clients_in(region).identity_store;
    let request = client.describe_group().identity_store_id(store.as_str()).group_id(id.as_str());
    let Some(response) = question.send(|watch| request.customize().interceptor(watch).send()).await? else {
        return Ok(None);
    };
    response
        .read(|answer| {
            question.require_same(Some(answer.group_id()), id.as_str(), "group")?;
            let name = keep_nonempty(answer.display_name());
            Ok(Group { id: id.clone(), name, external: !answer.external_ids().is_empty() })
        })
        .map(Some)
}

pub(super) async fn list_group_memberships(
    aws: &Aws,
    question: Question<'_>,
    query: &ListGroupMemberships,
) -> Answered<MemberPage> {
    let ListGroupMemberships { region, store, group, after } = query;
    let client = aws.clients_in(region).identity_store;
    let request = client
        .list_group_memberships()
        .identity_store_id(store.as_str())
        .group_id(group.as_str())
        .max_results(PAGE)
        .set_next_token(after.as_ref().map(ToString::to_string));
    let response = question.send_known(|watch| request.customize().interceptor(watch).send()).await?;
    response.read(|page| {
        let members = read_members(&question, group, page.group_memberships())?;
        Ok(MemberPage { members, next: read_token(page.next_token) })
    })
}

fn read_members(question: &Question, group: &GroupId, memberships: &[GroupMembership]) -> Answered<Vec<Member>> {
    let mut members = Vec::new();
    for membership in memberships {
        question.require_same(membership.group_id(), group.as_str(), "group")?;
        if let Some(MemberId::UserId(member)) = membership.member_id() {
            let user = UserId::new(question.require_text(Some(member), "UserId")?);
            let since = read_timestamp(membership.created_at());
            members.push(Member { user, membership: Membership { group: group.clone(), since } });
        }
    }
    Ok(members)
}

fn read_token(token: Option<String>) -> Option<PageToken> {
    token.filter(|token| !token.is_empty()).map(PageToken::new)
}

pub(super) async fn list_users(aws: &Aws, question: Question<'_>, query: &ListUsers) -> Answered<UserPage> {
    let client = aws.clients_in(&query.region).identity_store;
    let token = query.after.as_ref().map(ToString::to_string);
    let request = client.list_users().identity_store_id(query.store.as_str()).max_results(PAGE).set_next_token(token);
    let response = question.send_known(|watch| request.customize().interceptor(watch).send()).await?;
    response.read(|page| {
        let users = page.users().iter().map(|user| read_listed_user(&question, user)).collect::<Answered<_>>()?;
        Ok(UserPage { users, next: read_token(page.next_token) })
    })
}

fn read_listed_user(question: &Question, user: &SdkUser) -> Answered<User> {
    let emails = user.emails().iter().map(|email| (email.primary(), email.value()));
    Ok(User {
        id: UserId::new(question.require_text(Some(user.user_id()), "UserId")?),
        user_name: keep_nonempty(user.user_name()),
        display_name: keep_nonempty(user.display_name()),
        given_name: user.name().and_then(|name| keep_nonempty(name.given_name())),
        family_name: user.name().and_then(|name| keep_nonempty(name.family_name())),
        nick_name: keep_nonempty(user.nick_name()),
        emails: sort_primary_first(emails),
        enabled: read_enabled(user.user_status()),
        external: !user.external_ids().is_empty(),
    })
}
