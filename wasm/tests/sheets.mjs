// Made-up sheets of answers for an instrument, from its description alone: the same seed gives the same sheets. Knows no rule.

/** Numbers by chance between 0 and 1, the same for the same seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` sheets: complete ones, such with gaps of every size, and some with an answer that does not fit. */
export function madeUpSheets(description, count, seed) {
  const next = chance(seed);
  const below = (end) => Math.floor(next() * end);
  const fields = [...description.items, ...description.inputs];
  return Array.from({ length: count }, (_, number) => {
    const gaps = [0, 0, 0, 0.03, 0.1, 0.5, 0.95][below(7)];
    const answers = {};
    for (const field of fields) {
      if (next() >= gaps) answers[field.id] = answer(field, gaps / 2, next, below);
    }
    if (next() < 0.1) answers[fields[below(fields.length)].id] = ["no such option", -1e6, 0.123456789, true, [], {}, null][below(7)];
    if (next() < 0.02) answers[`${fields[below(fields.length)].id}x`] = 1;
    const sheet = { id: next() < 0.9 ? `person-${number} 李` : number, answers };
    // The first day in force, one long before, and none: the edition follows the day.
    const date = [description.effective.from, "1066-10-14", undefined, undefined, undefined, undefined][below(6)];
    if (date) sheet.date = date;
    const settings = description.settings.filter(() => next() < 0.3).map((setting) => [setting.id, pick(setting.options, below).code]);
    if (settings.length > 0) sheet.settings = Object.fromEntries(settings);
    if (description.grade && next() < 0.05) sheet.override = { grade: pick(description.grade.scale, below).id, reason: "seen at home" };
    return sheet;
  });
}

/** `count` sheets for a pathway; `described` gives the description of an instrument by its id. */
export function madeUpPathwaySheets(description, described, count, seed) {
  const next = chance(seed);
  const below = (end) => Math.floor(next() * end);
  const filled = description.assessments.map(({ answers: id }) => ({ id, sheets: madeUpSheets(described(id), Math.min(count, 400), seed) }));
  return Array.from({ length: count }, (_, number) => {
    const gaps = [0, 0, 0.05, 0.3][below(4)];
    const begun = next();
    const answers = {};
    for (const input of description.inputs) if (next() >= gaps) answers[input.id] = answer(input, gaps / 2, next, below);
    for (const { id, sheets } of filled) {
      if (next() < begun) answers[id] = pick(sheets, below).answers;
      else if (next() < 0.1) answers[id] = { absent: pick(["not_asked", "refused", "unable", "not_applicable"], below) };
    }
    if (next() < 0.03) answers[["no-such", "gb-t-42195"][below(2)]] = [{ eating: 1 }, "text", null][below(3)];
    const sheet = { id: next() < 0.9 ? `person-${number} 李` : number, answers };
    const date = [description.from, "1066-10-14", undefined, undefined, undefined][below(5)];
    if (date) sheet.date = date;
    const settings = description.settings.filter(() => next() < 0.3).map((setting) => [setting.id, pick(setting.options, below).code]);
    if (settings.length > 0) sheet.settings = Object.fromEntries(settings);
    if (next() < 0.05) sheet.override = { setting: pick(pick(description.care_settings, below).kinds, below).id, reason: "seen at home", by: "panel" };
    return sheet;
  });
}

function answer(field, absent, next, below) {
  if (field.absent && next() < absent) return { absent: pick(field.absent, below) };
  switch (field.type) {
    case "choice":
      return pick(field.options, below).code;
    case "choices":
      return several(field.options, next);
    case "boolean":
      return next() < 0.2;
    case "date":
      return `19${10 + below(80)}-0${1 + below(9)}-1${below(10)}`;
    case "text":
      return "“words”\n另";
    default:
      return number(field, below);
  }
}

/** Some options; one that excludes all others stands alone. */
function several(options, next) {
  const chosen = options.filter(() => next() < 0.3);
  const alone = chosen.find((option) => option.exclusive);
  return (alone ? [alone] : chosen).map((option) => option.code);
}

function number(field, below) {
  const [low, high] = field.range ?? [0, 100];
  const step = field.step ?? (field.type === "integer" ? 1 : 0.1);
  // Through a text, so that 0.1 + 0.2 is written 0.3.
  return Number((low + step * below(Math.floor((high - low) / step) + 1)).toFixed(6));
}

function pick(list, below) {
  return list[below(list.length)];
}
