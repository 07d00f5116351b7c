//! Ids for entries that name none: always the same for the same name, and shaped like those of AWS.

use std::fmt::Write;

use crate::domain::{GroupId, IdentityStoreId, UserId};

/// Returns hexadecimal digits that depend on nothing but `seed`: FNV-1a, stirred by `SplitMix64`.
fn derive_digits(seed: &str, count: usize) -> String {
    let mut state = seed
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let mut text = String::new();
    while text.len() < count {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let _ = write!(text, "{:016x}", mixed ^ (mixed >> 31));
    }
    text.truncate(count);
    text
}

/// Returns `ssoins-…`, the id of an instance.
pub(super) fn derive_instance_id(name: &str) -> String {
    format!("ssoins-{}", derive_digits(&format!("instance:{name}"), 16))
}

/// Returns `d-…`, the id of an identity store.
pub(super) fn derive_store_id(instance: &str) -> IdentityStoreId {
    IdentityStoreId::new(format!("d-{}", derive_digits(&format!("store:{instance}"), 10)))
}

/// Returns the id of a user: the digits of the identity store and a UUID.
pub(super) fn derive_user_id(store: &IdentityStoreId, name: &str) -> UserId {
    UserId::new(derive_principal_id(store, "user", name))
}

/// Returns the id of a group, in the same form.
pub(super) fn derive_group_id(store: &IdentityStoreId, name: &str) -> GroupId {
    GroupId::new(derive_principal_id(store, "group", name))
}

/// Returns the ARN of an application.
pub(super) fn derive_application_arn(partition: &str, account: &str, instance_id: &str, name: &str) -> String {
    let own = derive_digits(&format!("application:{instance_id}:{name}"), 16);
    format!("arn:{partition}:sso::{account}:application/{instance_id}/apl-{own}")
}

/// Returns a UUID, such as the id of a request.
pub(super) fn derive_uuid(seed: &str) -> String {
    let digits = derive_digits(seed, 30);
    let mut digits = digits.chars();
    let mut next = |count: usize| digits.by_ref().take(count).collect::<String>();
    format!("{}-{}-4{}-a{}-{}", next(8), next(4), next(3), next(3), next(12))
}

/// Returns true for a text that can be an id of a user or a group.
pub(super) fn is_principal(text: &str) -> bool {
    text.len() >= 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn derive_principal_id(store: &IdentityStoreId, kind: &str, name: &str) -> String {
    let own = derive_uuid(&format!("{kind}:{store}:{name}"));
    match store.as_str().strip_prefix("d-").filter(|prefix| prefix.len() == 10) {
        Some(prefix) => format!("{prefix}-{own}"),
        None => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_look_like_those_of_aws_and_stay_the_same() {
        assert_eq!(derive_instance_id("main"), derive_instance_id("main"));
        assert_eq!(derive_instance_id("main").len(), "ssoins-".len() + 16);
        let store = derive_store_id("main");
        assert_eq!(store.as_str().len(), 12);
        let user = derive_user_id(&store, "ana@corp.example");
        assert_eq!(user.as_str().len(), 11 + 36);
        assert!(is_principal(user.as_str()));
        assert_ne!(user.as_str(), derive_group_id(&store, "ana@corp.example").as_str());
    }
}
