//! Why something could not be proved, or two editions not be compared in a result, as words that go after "not decided:". Chinese or English.

use crate::compare::Undecided;
use crate::prove::NotDecided;

/// The reason in `language`.
#[must_use]
pub fn undecided_words(reason: &Undecided, language: &str) -> String {
    if language.starts_with("zh") { chinese(reason) } else { english(reason) }
}

fn english(reason: &Undecided) -> String {
    let text = match reason {
        Undecided::NothingShared => "the two decide it from different questions, and no answer to one counts in the other",
        Undecided::Budget => "it was left uncounted, because the results before it took as much counting as is done for one comparison",
        Undecided::Counting(counting) => return not_decided_words(counting, "en"),
        Undecided::NoSheet => "no sheet can be filled in for both editions",
        Undecided::Disagree => "counting the sheets and scoring one of them disagree, so neither is trusted",
        Undecided::Circle(item) => return format!("`{item}` is hidden in a circle across the two editions"),
        Undecided::NoAnswer(item) => return format!("nothing answers `{item}`"),
        Undecided::Combine => "a setting that says how clauses are combined is not the same in both",
        Undecided::Points(item) => return format!("`{item}` gives other points in the two editions, for several options at once"),
        Undecided::Options(item) => return format!("`{item}` has other options in the two editions"),
        Undecided::NoPoints => "an option has no points",
        Undecided::CountedTogether => "a question that is asked in other cases is counted together with others",
        Undecided::LeftOut => "a question that is asked in other cases is left out of a mean, a highest or a lowest value",
        Undecided::Script => "a script reads a question that is asked in other cases",
    };
    text.to_owned()
}

fn chinese(reason: &Undecided) -> String {
    let text = match reason {
        Undecided::NothingShared => "两者依据的问题不同，一方的答案对另一方不起作用",
        Undecided::Budget => "前面各项结果已用完一次比较的计数限度，此项未再计数",
        Undecided::Counting(counting) => return not_decided_words(counting, "zh"),
        Undecided::NoSheet => "没有一份答卷两版都能填写",
        Undecided::Disagree => "计数结果与逐份计分不一致，故均不采信",
        Undecided::Circle(item) => return format!("两版合看时，“{item}”是否询问互为条件"),
        Undecided::NoAnswer(item) => return format!("没有答案可用于“{item}”"),
        Undecided::Combine => "决定条款如何合并的设定，两版不一致",
        Undecided::Points(item) => return format!("多选题“{item}”在两版中分值不同"),
        Undecided::Options(item) => return format!("“{item}”在两版中选项不同"),
        Undecided::NoPoints => "有选项没有分值",
        Undecided::CountedTogether => "有一题两版的询问条件不同，又与其他题目合并计数",
        Undecided::LeftOut => "有一题两版的询问条件不同，未询问时不参加平均值、最大值或最小值的计算",
        Undecided::Script => "脚本用到了两版询问条件不同的题目",
    };
    text.to_owned()
}

/// That so many sheets or records were tried, and no more is known, in `language`.
#[must_use]
pub fn tried_words(tried: &str, reason: &NotDecided, language: &str) -> String {
    let why = not_decided_words(reason, language);
    if language.starts_with("zh") {
        format!("已逐份查验 {tried} 份（分布于全部之中，并非全部）：下列结果确实存在，未列出的不能排除。未能全部计数：{why}")
    } else {
        format!(
            "checked up to {tried}, spread over all, one by one: what stands below is there, and what does not may be there too. Not all were counted: {why}"
        )
    }
}

/// Why something could not be counted, in `language`.
#[must_use]
pub fn not_decided_words(reason: &NotDecided, language: &str) -> String {
    let chinese = language.starts_with("zh");
    let words = |chinese_words: &str, english_words: &str| (if chinese { chinese_words } else { english_words }).to_owned();
    match reason {
        NotDecided::Combinations => words("需要分别对待的答案组合过多", "too many different combinations of answers have to be told apart"),
        NotDecided::Answers(item) if chinese => format!("“{item}”的可选答案过多，无法逐一计数"),
        NotDecided::Answers(item) => format!("`{item}` has too many answers to count"),
        NotDecided::Numbers(item) if chinese => format!("“{item}”可填的数值过多，无法逐一计数"),
        NotDecided::Numbers(item) => format!("`{item}` can be any of too many numbers"),
        NotDecided::Totals => {
            words("可能得出的不同数值过多，无法逐一计数", "it can come to too many different numbers to count each of them")
        }
        NotDecided::Changes => words("一个答案的变化会牵涉过多的不同数值", "one answer changes it between too many different numbers"),
        NotDecided::Script(most) if chinese => format!("脚本需要对 {most} 种以上的不同输入各运行一次"),
        NotDecided::Script(most) => format!("a script would have to run on more than {most} different inputs"),
        NotDecided::Days => words("要按日期推算，日期过多，无法逐一计数", "it reckons with days, and there are too many of them to count"),
        NotDecided::NoPair(item) if chinese => format!("“{item}”答得更差时结果似乎会变轻，但没有找到能证实的两份答卷"),
        NotDecided::NoPair(item) => format!("a worse answer to `{item}` seems to give a milder result, but no two sheets show it"),
    }
}
