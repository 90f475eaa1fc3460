//! Exact decimals as JSON numbers, digit by digit in both directions. No binary fraction ever stands between.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A number that JSON shows with its exact digits: `77`, `12.9`, `53.75`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let number = self.0.normalize();
        if number.scale() > 0 {
            let digits = RawValue::from_string(number.to_string()).map_err(serde::ser::Error::custom)?;
            return digits.serialize(to);
        }
        match i64::try_from(number.mantissa()) {
            Ok(small) => to.serialize_i64(small),
            Err(_) => to.serialize_i128(number.mantissa()),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "number"})
    }
}

/// The number that these characters write in JSON's own way. None for exponents, leading zeros, and more than 28 digits: they are no exact
/// numbers here, and whoever wants a number refuses them.
pub(crate) fn exact(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    if digits.len() <= 18 && whole.len() == digits.len() {
        return text.parse::<i64>().ok().map(Decimal::from);
    }
    Decimal::from_str_exact(text).ok()
}
