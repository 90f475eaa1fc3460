//! The proof of a pathway against everybody, one by one: made-up pathways over two small instruments, every record of answers, and what the pathway says of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use geras::assess::{Coded, Holds};
use geras::compare::{Subject, Told, Verdict, compare_pathways};
use geras::definition::ClauseKind;
use geras::plan::{Purpose, Value};
use geras::prove::{Outcome, PathwayProof, PathwayQuestion, prove_pathway};
use geras::{Library, Pathway};
use geras_tests::plain;

const HEAD: &str = "edition: \"1\"\neffective: {from: 2024-01-01}\njurisdiction: INTL\nlanguages: [en]\ntitle: {en: Made up}\n\
source: {title: Nothing}\nlicence: {class: public_domain, wording: own}\nprovenance: {status: computed}\n";

/// Two items, of which the second is asked where the first is not well.
const WALKING: &str = "domain: function\ndirection: higher_is_worse\nsections:\n  - id: s\n    title: {en: S}\n    items:\n      \
- {id: walks, text: {en: Walks}, options: [{code: well, points: 0, label: {en: Well}}, {code: badly, points: 1, label: {en: Badly}}, {code: never, points: 2, label: {en: Never}}]}\n      \
- {id: falls, text: {en: Falls}, when: walks != \"well\", otherwise: never, options: [{code: never, points: 0, label: {en: Never}}, {code: often, points: 3, label: {en: Often}}]}\n\
scores:\n  total: {sum: s}\nbands:\n  total: [{id: low, label: {en: Low}, from: 0, to: 1}, {id: some, label: {en: Some}, from: 2, to: 3}, {id: high, label: {en: High}, from: 4, to: 5}]\n\
alerts:\n  - {id: falling, when: falls == \"often\", urgency: soon, text: {en: Falls}}\n";

/// Three yes or no questions.
const MEMORY: &str = "domain: cognition\ndirection: higher_is_worse\nsections:\n  - id: s\n    title: {en: S}\n    items:\n      \
- {id: names, type: boolean, points: {false: 0, true: 1}, text: {en: Forgets names}}\n      \
- {id: days, type: boolean, points: {false: 0, true: 1}, text: {en: Forgets days}}\n\
scores:\n  total: {sum: s}\nbands:\n  total: [{id: fine, label: {en: Fine}, from: 0, to: 0}, {id: weak, label: {en: Weak}, from: 1, to: 2}]\n";

/// Numbers that are the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % count
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// One of what is left, perhaps turned round; each is taken once, so that no open result stands beside itself.
    fn taken(&mut self, left: &mut Vec<&str>) -> String {
        let place = self.below(left.len());
        format!("{}({})", self.of(&["", "", "!"]), left.remove(place))
    }

    /// A condition of one of what is left, and of what is always known.
    fn condition(&mut self, left: &mut Vec<&str>) -> String {
        let (first, known) =
            (self.taken(left), format!("{}({})", self.of(&["", "!"]), self.of(&["done(memory)", "alone", "agrees", "done(walking)"])));
        match self.below(5) {
            0 => first,
            1 => format!("{first} && {known}"),
            2 => format!("{first} || {known}"),
            3 => format!("{first} && {}", self.taken(left)),
            _ => format!("{first} || {}", self.taken(left)),
        }
    }
}

fn made_up(chance: &mut Chance) -> String {
    let mut left = vec![
        "walking.total >= 3",
        chance.of(&["walking.total.band == \"some\"", "walking.total.band == \"high\""]),
        "walking.falling",
        "walking.walks == \"never\"",
        "memory.total.band == \"weak\"",
        "memory.total == 1",
        "memory.names",
        "memory.days",
        "walking.falls == \"often\"",
    ];
    let mut text = format!("pathway: made-up\n{HEAD}assessments:\n  - {{id: walking, instrument: walking, need: required}}\n");
    let _ = writeln!(text, "  - {{id: memory, instrument: memory, need: required, when: '{}'}}", chance.of(&["alone", "!alone", "agrees"]));
    text.push_str(
        "inputs:\n  - {id: alone, type: boolean, text: {en: Alone}}\n  - {id: agrees, type: boolean, text: {en: Agrees}, when: alone, otherwise: true}\n\
         care_settings:\n  - {id: home, label: {en: Home}, kinds: [{id: family, label: {en: Family}}, {id: visits, label: {en: Visits}}]}\n  \
         - {id: institution, label: {en: Institution}, kinds: [{id: ward, label: {en: Ward}}]}\nfindings:\n",
    );
    for finding in ["needs_help", "forgets"] {
        let _ = writeln!(text, "  - {{id: {finding}, when: '{}', text: {{en: Found}}}}", chance.condition(&mut left));
    }
    left.extend(["needs_help", "forgets"]);
    text.push_str("routing:\n  hit: first\n  rules:\n");
    for rule in ["first", "second", "third"] {
        let (when, to) = (chance.condition(&mut left), chance.of(&["family", "visits", "ward"]));
        let _ = writeln!(text, "    - {{id: {rule}, when: '{when}', to: {to}, reason: {{en: So}}, basis: illustrative}}");
    }
    text.push_str("  otherwise: {id: rest, to: family, reason: {en: Else}, basis: illustrative}\n");
    text
}

/// A record as the proof sees it: each question with its answer, `hidden` where it is not asked, and whether the assessments were done.
type Record = BTreeMap<String, String>;
/// What a record leads to: the id of a finding, or `proposal` and `routing`; and the value, none where it stays open.
type Ends = Vec<(String, Option<String>)>;

fn one_by_one(pathway: &Pathway) -> Vec<(Record, Ends)> {
    let mut walking = vec![("well", "hidden")];
    walking.extend(["badly", "never"].iter().flat_map(|walks| [(*walks, "never"), (*walks, "often")]));
    let truths = ["true", "false"];
    let memory: Vec<(&str, &str)> = truths.iter().flat_map(|names| truths.map(|days| (*names, days))).collect();
    let mut all = Vec::new();
    for (alone, agrees) in [("false", "hidden"), ("true", "true"), ("true", "false")] {
        for ((walks, falls), (names, days)) in walking.iter().flat_map(|walking| memory.iter().map(move |memory| (*walking, *memory))) {
            for (walked, remembered) in truths.iter().flat_map(|walked| truths.map(|remembered| (*walked, remembered))) {
                let record: Record = [
                    ("alone", alone),
                    ("agrees", agrees),
                    ("done(walking)", walked),
                    ("walking.walks", walks),
                    ("walking.falls", falls),
                    ("done(memory)", remembered),
                    ("memory.names", names),
                    ("memory.days", days),
                ]
                .map(|(id, answer)| (id.to_owned(), answer.to_owned()))
                .into();
                let ends = of_one(pathway, &record);
                all.push((record, ends));
            }
        }
    }
    all
}

fn of_one(pathway: &Pathway, record: &Record) -> Ends {
    let group = |prefix: &str| {
        let own =
            record.iter().filter_map(|(id, answer)| Some((id.strip_prefix(prefix)?, answer))).filter(|(_, answer)| *answer != "hidden");
        own.map(|(id, answer)| format!("{id}: {answer}")).collect::<Vec<_>>().join(", ")
    };
    let assessment = |name: &str| {
        let done = record[&format!("done({name})")] == "true";
        if done { format!("{name}: {{{}}}", group(&format!("{name}."))) } else { format!("{name}: {{absent: not_asked}}") }
    };
    let facts: Vec<String> =
        ["alone", "agrees"].iter().filter(|id| record[**id] != "hidden").map(|id| format!("{id}: {}", record[*id])).collect();
    let text = format!("answers: {{{}, {}, {}}}", facts.join(", "), assessment("walking"), assessment("memory"));
    let checked = geras_json::read_pathway_answers(pathway, &text).answers.unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    let outcome = pathway.assess(&checked);
    let coded = |coded: &Coded<'_>| if let Coded::Decided(code) = coded { Some((*code).to_owned()) } else { None };
    let mut all = vec![("proposal".to_owned(), coded(&outcome.proposal().kind)), ("routing".to_owned(), coded(&outcome.routing().kind))];
    for clause in outcome.clauses(ClauseKind::Finding).chain(outcome.clauses(ClauseKind::Rule)) {
        let holds = match clause.holds {
            Holds::Yes => Some("true".to_owned()),
            Holds::No => Some("false".to_owned()),
            Holds::Open => None,
        };
        all.push((clause.clause.id.value.clone(), holds));
    }
    all
}

const RULES: [&str; 4] = ["first", "second", "third", "rest"];

/// The rule that decides: the first that holds, if none above it stays open.
fn deciding(ends: &Ends) -> Option<&'static str> {
    let holds = |rule: &str| ends.iter().find(|(id, _)| id == rule).and_then(|(_, holds)| holds.as_deref());
    let rule = RULES.into_iter().find(|rule| holds(rule) != Some("false"))?;
    (holds(rule) == Some("true")).then_some(rule)
}

/// Whether a rule holds for a record, and which rule decides there.
type End<'e> = (bool, Option<&'e str>);

/// What each rule decides, against the records that differ in what it depends on.
fn decisions_are_right(pathway: &Pathway, proof: &PathwayProof, everybody: &[(Record, Ends)], told: &str) {
    assert_eq!(proof.decisions.len(), RULES.len(), "{told}");
    for decision in &proof.decisions {
        let id = pathway.definition().clauses[decision.clause].id.value.as_str();
        let decided = decision.outcome.as_ref().unwrap_or_else(|why| panic!("{id}: {why:?}\n{told}"));
        let asks: Vec<&str> = decision.fields.iter().map(|field| proof.plan.fields()[field.place()].id.as_str()).collect();
        let mut different: BTreeMap<Vec<&str>, End<'_>> = BTreeMap::new();
        for (record, ends) in everybody {
            let holds = ends.iter().any(|(known, holds)| known == id && holds.as_deref() == Some("true"));
            let end = (holds, deciding(ends));
            let before = different.insert(asks.iter().map(|id| record[*id].as_str()).collect(), end);
            assert!(before.is_none_or(|before| before == end), "{id} depends on more than {asks:?}\n{told}");
        }
        let count = |wanted: &dyn Fn(&End<'_>) -> bool| different.values().filter(|end| wanted(end)).count();
        assert_eq!(decided.records, different.len().into(), "{id}\n{told}");
        assert_eq!(decided.holds, count(&|(holds, _)| *holds).into(), "{id}\n{told}");
        assert_eq!(decided.decides.sheets, count(&|(holds, first)| *holds && *first == Some(id)).into(), "{id}\n{told}");
        assert_eq!(decided.open_above, count(&|(holds, first)| *holds && first.is_none()).into(), "{id}\n{told}");
        assert_eq!(decided.decides.witness.is_some(), decided.decides.sheets > 0_u64.into(), "{id}\n{told}");
        for rule in RULES.into_iter().filter(|rule| *rule != id) {
            let above = decided.above.iter().find(|(above, _)| pathway.definition().clauses[*above].id.value == rule);
            let counted = above.map_or_else(Default::default, |(_, records)| records.clone());
            assert_eq!(counted, count(&|(holds, first)| *holds && *first == Some(rule)).into(), "{rule} above {id}\n{told}");
        }
    }
}

fn name_of(pathway: &Pathway, purpose: Purpose) -> Option<String> {
    match purpose {
        Purpose::Proposal => Some("proposal".to_owned()),
        Purpose::Routing => Some("routing".to_owned()),
        Purpose::Clause(place) if pathway.definition().clauses[place].kind == ClauseKind::Finding => {
            Some(pathway.definition().clauses[place].id.value.clone())
        }
        _ => None,
    }
}

fn text_of(proof: &PathwayProof, question: &PathwayQuestion, value: Value) -> String {
    if let Value::Boolean(truth) = value { truth.to_string() } else { proof.plan.value_text(question.node, value) }
}

#[test]
fn made_up_pathways_are_counted_as_everybody_one_by_one() {
    let hunt = std::env::var("MADE_UP").ok().map(|hunt| {
        let (start, count) = hunt.split_once(':').expect("MADE_UP=seed:count");
        (start.parse().expect("a seed"), count.parse().expect("a count"))
    });
    let (start, count): (u64, u64) = hunt.unwrap_or((1, 40));
    let instruments =
        [("walking.yaml", format!("instrument: walking\n{HEAD}{WALKING}")), ("memory.yaml", format!("instrument: memory\n{HEAD}{MEMORY}"))];
    let (library, said) = Library::read(instruments.iter().map(|(path, text)| (*path, text.as_str())));
    assert_eq!(library.instruments().len(), 2, "{}", plain(&said));
    let mut sound = 0;
    for seed in start..start + count {
        let text = made_up(&mut Chance(seed));
        // A rule that can never decide is refused; such a pathway is not looked at.
        let Ok(pathway) = Pathway::read("made-up.yaml", &text, &library) else { continue };
        sound += 1;
        let (everybody, proof) = (one_by_one(&pathway), prove_pathway(&pathway));
        for question in &proof.questions {
            let Some(name) = name_of(&pathway, question.purpose) else { continue };
            let Outcome::Exact(reached) = &question.outcome else { panic!("{name}: {:?}", question.outcome) };
            let asks: Vec<&str> = question.fields.iter().map(|field| proof.plan.fields()[field.place()].id.as_str()).collect();
            // The records that differ in what the question depends on, each once.
            let mut different: BTreeMap<Vec<&str>, &Option<String>> = BTreeMap::new();
            for (record, ends) in &everybody {
                let end = ends.iter().find(|(known, _)| *known == name).map(|(_, value)| value).expect("it is there");
                let before = different.insert(asks.iter().map(|id| record[*id].as_str()).collect(), end);
                assert!(before.is_none_or(|before| before == end), "{name} depends on more than {asks:?}\n{text}");
            }
            let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
            different.values().for_each(|end| *counts.entry((*end).clone()).or_default() += 1);
            assert_eq!(question.records, different.len().into(), "{name}, seed {seed}\n{text}");
            for reached in reached {
                let value = reached.value.map(|value| text_of(&proof, question, value));
                assert_eq!(reached.sheets, counts.remove(&value).unwrap_or(0).into(), "{name} {value:?}, seed {seed}\n{text}");
                assert_eq!(reached.witness.is_some(), reached.sheets > geras::prove::Count::ZERO, "{name}");
            }
            assert_eq!(counts, BTreeMap::new(), "{name}, seed {seed}\n{text}");
        }
        decisions_are_right(&pathway, &proof, &everybody, &format!("seed {seed}\n{text}"));
    }
    assert!(sound * 3 > count, "{sound} of {count} made-up pathways are sound");
}

/// What two pathways come to in one thing on every record that differs in some questions.
fn both<'a>(
    one: &'a [(Record, Ends)],
    two: &'a [(Record, Ends)],
    asks: &[String],
    of: &dyn Fn(&'a Ends) -> Option<&'a str>,
) -> Vec<(Option<&'a str>, Option<&'a str>)> {
    let mut different: BTreeMap<Vec<&str>, (Option<&str>, Option<&str>)> = BTreeMap::new();
    for ((record, from), (same, to)) in one.iter().zip(two) {
        assert_eq!(record, same);
        let end = (of(from), of(to));
        let before = different.insert(asks.iter().map(|id| record[id].as_str()).collect(), end);
        assert!(before.is_none_or(|before| before == end), "it depends on more than {asks:?}");
    }
    different.into_values().collect()
}

fn word(told: &Told) -> Option<String> {
    match told {
        Told::Nothing => None,
        Told::Truth(truth) => Some(truth.to_string()),
        Told::Code(code) => Some(code.clone()),
        Told::Number(number) => Some(number.to_string()),
    }
}

#[test]
fn two_made_up_pathways_differ_for_those_who_are_told_one_by_one() {
    let instruments =
        [("walking.yaml", format!("instrument: walking\n{HEAD}{WALKING}")), ("memory.yaml", format!("instrument: memory\n{HEAD}{MEMORY}"))];
    let (library, _) = Library::read(instruments.iter().map(|(path, text)| (*path, text.as_str())));
    let read = |seed: u64| {
        let text = made_up(&mut Chance(seed));
        Pathway::read("made-up.yaml", &text, &library).ok().map(|pathway| (text, pathway))
    };
    let (mut compared, mut same, mut moved) = (0, 0, 0);
    for seed in 1..30 {
        let (Some((one_text, a)), Some((two_text, b))) = (read(seed), read(seed * 31 + 7)) else { continue };
        compared += 1;
        let (one, two) = (one_by_one(&a), one_by_one(&b));
        let comparison = compare_pathways(&a, &b);
        assert!(compare_pathways(&a, &a).is_same(), "{one_text}");
        let told = format!("seed {seed}\n{one_text}\n{two_text}");
        for result in &comparison.results {
            let id = match &result.subject {
                Subject::Kind => "routing",
                Subject::Proposal => "proposal",
                Subject::Clause(ClauseKind::Finding | ClauseKind::Rule, id) => id.as_str(),
                _ => continue,
            };
            let of = |ends: &'_ Ends| ends.iter().find(|(known, _)| known == id).and_then(|(_, value)| value.clone());
            let all = |asks: &[String]| -> Vec<(Option<String>, Option<String>)> {
                let mut different = BTreeMap::new();
                for ((record, from), (_, to)) in one.iter().zip(&two) {
                    let key: Vec<&str> = asks.iter().map(|id| record[id].as_str()).collect();
                    let before = different.insert(key, (of(from), of(to)));
                    assert!(before.is_none_or(|before| before == (of(from), of(to))), "{id} depends on more than {asks:?}\n{told}");
                }
                different.into_values().collect()
            };
            match &result.verdict {
                Verdict::SameRule => {
                    same += 1;
                    let everything: Vec<String> = one[0].0.keys().cloned().collect();
                    assert!(all(&everything).iter().all(|(from, to)| from == to), "{id}\n{told}");
                }
                Verdict::SameOnAll(records) => {
                    same += 1;
                    let ends = all(&result.depends_on);
                    assert_eq!(*records, ends.len().into(), "{id}\n{told}");
                    assert!(ends.iter().all(|(from, to)| from == to), "{id}\n{told}");
                }
                Verdict::Differs { sheets, of, pairs, .. } => {
                    let ends = all(&result.depends_on);
                    assert_eq!(*of, ends.len().into(), "{id}\n{told}");
                    assert_eq!(*sheets, ends.iter().filter(|(from, to)| from != to).count().into(), "{id}\n{told}");
                    for pair in pairs {
                        let wanted = (word(&pair.from), word(&pair.to));
                        assert_eq!(pair.sheets, ends.iter().filter(|end| **end == wanted).count().into(), "{id} {wanted:?}\n{told}");
                    }
                }
                Verdict::NotDecided(reason) => panic!("{id}: {reason:?}\n{told}"),
            }
        }
        let moves = comparison.moves.as_ref().unwrap_or_else(|why| panic!("{why:?}\n{told}"));
        if moves.moves.is_empty() {
            continue;
        }
        moved += 1;
        let to_of = |pathway: &Pathway, rule: &str| {
            pathway
                .definition()
                .clauses
                .iter()
                .find(|clause| clause.id.value == rule)
                .and_then(|clause| clause.way())
                .map(|way| way.to.value.clone())
        };
        let ends = both(&one, &two, &moves.depends_on, &|ends| deciding(ends));
        assert_eq!(moves.of, ends.len().into(), "{told}");
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (from, to) in ends {
            let (Some(from), Some(to)) = (from, to) else { continue };
            if to_of(&a, from) != to_of(&b, to) {
                *counts.entry((from, to)).or_default() += 1;
            }
        }
        for one in &moves.moves {
            let key = (one.rule_a.as_deref().expect("a rule"), one.rule_b.as_deref().expect("a rule"));
            assert_eq!(one.records, counts.remove(&key).unwrap_or(0).into(), "{key:?}\n{told}");
        }
        assert!(counts.is_empty(), "{counts:?}\n{told}");
    }
    assert!(compared > 5 && same > 0 && moved > 2, "{compared} compared, {same} the same, {moved} with people who move");
}

#[test]
fn nobody_of_the_national_pathway_is_without_a_care_setting() {
    let (library, _) = Library::read(geras_instruments::definitions().chain(geras_instruments::pathways()));
    let pathway = library.find_pathway("eldercare-triage", None).unwrap_or_else(|why| panic!("{why}"));
    let proof = prove_pathway(pathway);
    let question = proof.questions.iter().find(|question| question.purpose == Purpose::Routing).expect("it routes");
    let Outcome::Exact(reached) = &question.outcome else { panic!("{:?}", question.outcome) };
    assert!(reached.iter().all(|reached| reached.value.is_some()), "nobody stays open where all is answered");
    let kinds = pathway.definition().kinds().count();
    assert_eq!(
        reached.iter().filter(|reached| reached.witness.is_some()).count(),
        kinds + 1,
        "each kind, and those on whom a panel decides"
    );
}
