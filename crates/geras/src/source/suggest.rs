//! "Did you mean": the nearest of the known names. Only strings; what a name stands for is not known here.

/// The known name that is closest to `wrong`, if one is close enough to be worth proposing.
#[must_use]
pub fn closest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Two letters of two are no likeness: very short names are only proposed where nothing but `-` and `_` differs.
    let limit = wrong.chars().count() / 3;
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wrong.to_ascii_lowercase(), &name.to_ascii_lowercase()), name))
        .filter(|&(distance, name)| distance <= limit || name.replace(['-', ' '], "_") == wrong.replace(['-', ' '], "_"))
        .min()
        .map(|(_, name)| name)
}
