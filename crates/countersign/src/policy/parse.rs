//! Reading a policy: Base64, JSON, two members, a list of conditions.

use super::{
    condition::{Condition, FieldName, Test},
    dialect::{Case, Dialect, Lists, Reversed, Rules, TextSizes, UnknownMembers},
    fault::{FaultKind, PolicyFault},
    text::{MAX_SIZE, Member, Node, Source},
};
use crate::{phrase::words, signature::Encoding, time::Timestamp, wire};
use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};
use smallvec::SmallVec;

/// A policy that was read. Nothing of it is checked: see [`evaluate`](super::evaluate()).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The language it was read in.
    pub dialect: Dialect,
    /// Until when it holds.
    pub expiration: Expiration,
    /// The conditions in order.
    pub conditions: Vec<Condition>,
    /// Further members of the document, which vendors but S3 are not known to mind.
    pub unknown_members: Vec<String>,
}

/// Until when a policy holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Expiration {
    /// As written.
    pub text: String,
    /// As a point in time; where no zone is written, as if it were UTC.
    pub time: Timestamp,
    /// How the zone is written.
    pub zone: Zone,
    /// Where it stands, in bytes from the start of the JSON.
    pub at: usize,
}

/// How the zone of an expiration is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// `2026-03-14T16:00:00Z`, with or without fractions: what every vendor asks for.
    Utc,
    /// Another spelling that names a zone: `2026-03-15T00:00:00+08:00`.
    Other,
    /// No zone: `2026-03-14T16:00:00`.
    Missing,
}

impl Policy {
    /// Reads a policy from its JSON.
    ///
    /// ```
    /// use countersign::policy::{Dialect, FaultKind, Policy, Test};
    ///
    /// let json = br#"{"expiration": "2026-03-14T16:00:00Z", "conditions": [["in", "$key", ["a", "b"]]]}"#;
    /// let policy = Policy::parse(json, Dialect::Oss)?;
    /// assert_eq!(policy.conditions[0].field.as_str(), "key");
    /// assert_eq!(policy.conditions[0].test, Test::In(vec!["a".into(), "b".into()]));
    ///
    /// // No other vendor has `in`.
    /// let fault = Policy::parse(json, Dialect::S3).unwrap_err();
    /// assert_eq!((fault.kind, fault.at), (FaultKind::OperatorUnknown("in".into()), 54));
    /// # Ok::<(), countersign::policy::PolicyFault>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When it is none; the fault has the place and the vendor's words.
    pub fn parse(json: &[u8], dialect: Dialect) -> Result<Self, PolicyFault> {
        let source = Source::new(json, dialect)?;
        let root = source.root();
        let members = root.members()?.ok_or_else(|| root.fault(FaultKind::NotAnObject))?;
        let (mut expiration, mut conditions, mut unknown_members) = (None, None, Vec::new());
        for (name, value) in members {
            let place = match &*name {
                "expiration" => &mut expiration,
                "conditions" => &mut conditions,
                _ if dialect.rules().members == UnknownMembers::Refused => {
                    return Err(value.fault(FaultKind::MemberUnknown(name.into_owned())));
                }
                _ => {
                    unknown_members.push(name.into_owned());
                    continue;
                }
            };
            if place.replace(value).is_some() {
                return Err(value.fault(FaultKind::MemberTwice(name.into_owned())));
            }
        }
        match (expiration, conditions) {
            (None, None) => Err(root.fault(FaultKind::MembersMissing)),
            (None, Some(_)) => Err(root.fault(FaultKind::MemberMissing("expiration"))),
            (Some(_), None) => Err(root.fault(FaultKind::MemberMissing("conditions"))),
            (Some(expiration), Some(list)) => {
                let expiration = Expiration::read(&expiration)?;
                let conditions = conditions_of(&list, dialect)?;
                Ok(Self { dialect, expiration, conditions, unknown_members })
            }
        }
    }

    /// Reads a policy from the form's field: the Base64 of the JSON.
    ///
    /// # Errors
    ///
    /// As [`Policy::parse`], and when the field is not standard Base64.
    pub fn decode(field: &[u8], dialect: Dialect) -> Result<Self, PolicyFault> {
        // Four characters are three bytes.
        if field.len() / 4 > MAX_SIZE / 3 + 1 {
            return Err(PolicyFault::new(dialect, FaultKind::TooLong, MAX_SIZE));
        }
        match Encoding::Base64.decode(field) {
            Some(json) => Self::parse(&json, dialect),
            None => {
                let outside = |b: &u8| !b.is_ascii_alphanumeric() && !matches!(b, b'+' | b'/');
                let end = field.len() - field.iter().rev().take_while(|b| **b == b'=').count();
                let at = field.iter().take(end).position(outside);
                let found = at.and_then(|at| field.get(at).copied());
                Err(PolicyFault::new(dialect, FaultKind::NotBase64(found), at.unwrap_or(field.len())))
            }
        }
    }

    /// The conditions on the field with this name; case does not matter.
    pub fn conditions_on<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Condition> + Clone {
        self.conditions.iter().filter(move |condition| condition.field.is(name))
    }
}

impl Condition {
    /// Reads one condition from its JSON: `{"acl": "private"}`, `["starts-with", "$key", "u/"]`.
    ///
    /// # Errors
    ///
    /// As [`Policy::parse`].
    pub fn parse(json: &[u8], dialect: Dialect) -> Result<Self, PolicyFault> {
        condition(&Source::new(json, dialect)?.root(), dialect.rules())
    }

    fn new(node: &Node<'_>, rules: &Rules, operator: Cow<'static, str>, field: FieldName, test: Test) -> Self {
        Self { field, test, at: node.at(), operator, bounds: Box::default(), bare_name: rules.bare_name }
    }
}

impl Expiration {
    fn read(node: &Node<'_>) -> Result<Self, PolicyFault> {
        let text = node.string()?.ok_or_else(|| node.fault(FaultKind::ExpirationNotText))?;
        if text.is_empty() {
            return Err(node.fault(FaultKind::ExpirationEmpty));
        }
        let (time, zone) = match Timestamp::from_rfc3339(&text) {
            Some(time) if text.ends_with('Z') && text.bytes().any(|byte| byte == b'T') => (time, Zone::Utc),
            Some(time) => (time, Zone::Other),
            None => match Timestamp::from_rfc3339(&[&text, "Z"].concat()) {
                Some(time) => (time, Zone::Missing),
                None => return Err(node.fault(FaultKind::ExpirationForm(text.into_owned()))),
            },
        };
        Ok(Self { text: text.into_owned(), time, zone, at: node.at() })
    }
}

fn conditions_of(list: &Node<'_>, dialect: Dialect) -> Result<Vec<Condition>, PolicyFault> {
    let items = list.items().ok_or_else(|| list.fault(FaultKind::ConditionsNotList))?;
    let mut conditions = Vec::new();
    for item in items {
        conditions.push(condition(&item, dialect.rules())?);
    }
    if conditions.is_empty() {
        return Err(list.fault(FaultKind::ConditionsEmpty));
    }
    Ok(conditions)
}

fn condition(node: &Node<'_>, rules: &Rules) -> Result<Condition, PolicyFault> {
    if let Some(items) = node.items() {
        in_list(node, items, rules)
    } else if let Some(members) = node.members()? {
        in_object(node, members, rules)
    } else {
        Err(node.fault(FaultKind::ConditionShape))
    }
}

/// `{"field": "value"}`
fn in_object(node: &Node<'_>, members: SmallVec<[Member<'_>; 2]>, rules: &Rules) -> Result<Condition, PolicyFault> {
    let count = members.len();
    let mut members = members.into_iter();
    let (Some((name, value)), None) = (members.next(), members.next()) else {
        return Err(node.fault(FaultKind::NotOneMember(count)));
    };
    let Some(text) = value.string()? else { return Err(value.fault(FaultKind::ValueNotText(name.into_owned()))) };
    let (field, test) = (FieldName::Written(name.into_owned()), Test::Equals(text.into_owned()));
    Ok(Condition::new(node, rules, "eq".into(), field, test))
}

/// The operators: with a string, with a list, and the one about the file.
const OPERATORS: [&str; 5] = ["eq", "starts-with", "in", "not-in", RANGE];
const RANGE: &str = "content-length-range";

/// `["operator", ...]`
fn in_list<'s>(node: &Node<'_>, items: impl Iterator<Item = Node<'s>> + Clone, rules: &Rules) -> Result<Condition, PolicyFault> {
    let mut rest = items.clone();
    let written = match rest.next().map(|first| first.string()).transpose()?.flatten() {
        Some(text) if !text.starts_with('$') => text,
        _ => return Err(node.fault(FaultKind::OperatorMissing)),
    };
    let is = |operator: &str| match rules.operator_case {
        Case::Matters => operator == written,
        Case::Ignored => operator.eq_ignore_ascii_case(&written),
    };
    let known = OPERATORS.into_iter().find(|operator| is(operator));
    let operator = match known {
        Some("in" | "not-in") if rules.lists == Lists::Unknown => None,
        known => known,
    };
    let Some(operator) = operator else { return Err(node.fault(FaultKind::OperatorUnknown(written.into_owned()))) };
    let (Some(first), Some(second), None) = (rest.next(), rest.next(), rest.next()) else {
        return Err(node.fault(FaultKind::ArgumentCount { operator, found: items.count().saturating_sub(1) }));
    };
    let spelling = if operator == written { Cow::Borrowed(operator) } else { Cow::Owned(written.into_owned()) };
    if operator == RANGE {
        let test = Test::Length(range(node, [&first, &second], rules)?);
        let bounds = [first.raw(), ", ", second.raw()].concat().into();
        return Ok(Condition { bounds, ..Condition::new(node, rules, spelling, FieldName::None, test) });
    }
    let wrong = |argument: &Node<'_>, wanted| argument.fault(FaultKind::ArgumentType { operator, wanted });
    let name = first.string()?.ok_or_else(|| wrong(&first, words!("a field such as `\"$key\"`")))?;
    let field = match name.strip_prefix('$') {
        Some(name) => FieldName::Written(name.into()),
        None => FieldName::Bare(name.into_owned()),
    };
    let test = if matches!(operator, "in" | "not-in") {
        let list = second.items().ok_or_else(|| wrong(&second, words!("a list of strings")))?;
        let texts = list.map(|item| item.string()?.ok_or_else(|| wrong(&item, words!("a list of strings"))));
        let list = texts.map(|text| text.map(Cow::into_owned)).collect::<Result<_, _>>()?;
        if operator == "in" { Test::In(list) } else { Test::NotIn(list) }
    } else {
        let value = second.string()?.ok_or_else(|| wrong(&second, words!("a string")))?.into_owned();
        if operator == "eq" { Test::Equals(value) } else { Test::StartsWith(value) }
    };
    Ok(Condition::new(node, rules, spelling, field, test))
}

/// The bounds of `content-length-range`; `None` when one is a text that is no number.
fn range(node: &Node<'_>, bounds: [&Node<'_>; 2], rules: &Rules) -> Result<Option<core::ops::RangeInclusive<u64>>, PolicyFault> {
    let number = |bound: &Node<'_>| -> Result<Option<u64>, PolicyFault> {
        let fault = || bound.fault(FaultKind::Bound(bound.raw().into()));
        match bound.string()? {
            Some(text) if rules.text_sizes == TextSizes::Taken => Ok(wire::number(text.as_bytes())),
            Some(_) => Err(fault()),
            None => wire::number(bound.raw().as_bytes()).map(Some).ok_or_else(fault),
        }
    };
    let [min, max] = bounds;
    let (Some(min), Some(max)) = (number(min)?, number(max)?) else { return Ok(None) };
    if min > max && rules.reversed == Reversed::Refused {
        return Err(node.fault(FaultKind::RangeReversed { min, max }));
    }
    Ok(Some(min..=max))
}
