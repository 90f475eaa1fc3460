/* tslint:disable */
/* eslint-disable */

/**
 * One person's sheet while it is filled in. `Geras.start` makes it. Every call answers JSON: the state of the sheet and what the change has changed.
 */
export class Assessment {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The full account with sentences in these languages: the JSON of `geras assess --json`.
     */
    account(languages: string[]): string;
    /**
     * Takes an answer away: the question is not answered yet.
     */
    clear(item: string): string;
    /**
     * Records an assessor's or panel's decision beside the computed grade, `{"grade", "reason", "by"}`, or takes it away with `null`.
     */
    decide(decision: string): string;
    /**
     * Sets the day of the assessment, `2024-05-14`.
     */
    on(date: string): string;
    /**
     * The sheet as a record: `{"id", "date", "answers", ...}`, as `geras assess` reads it.
     */
    record(): string;
    /**
     * Answers an item or input with a value in JSON: `"code"`, `["code"]`, `3`, `true`, `{"absent": "refused"}`. An answer that does not fit is not taken, and
     * `problems` says why.
     */
    set(item: string, value: string): string;
    /**
     * Sets all named switches that are not at their default: `{"setting": "code"}`.
     */
    settings(settings: string): string;
    /**
     * The sheet as it stands.
     */
    state(): string;
}

/**
 * A tree of instruments, read once and proved sound.
 *
 * JSON goes in and comes out as text, byte for byte what the command line reads and writes. An instrument is named `gb-t-42195`,
 * `gb-t-42195@2022` or `cn/gb-t-42195`. Whatever is wrong with a definition or with answers is in the JSON; an `Error` is thrown only
 * where there is no such instrument, or where an argument cannot be read.
 */
export class Geras {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Assesses one person, whose sheet is JSON or YAML: the JSON of `geras assess --json`. The edition in force on the sheet's date, or else
     * the newest. Sentences come in these languages; without any, in all that the definition has. A refused sheet tells its problems in
     * the first of them, or in English.
     *
     * # Errors
     * There is no such instrument.
     */
    assess(id: string, answers: string, languages?: string[] | null): string;
    /**
     * Assesses one person on a pathway, whose sheet is JSON or YAML: the JSON of `geras assess --json`. The edition in force on the sheet's date, or else the
     * newest. The report comes in these languages; without any, in all that the pathway has. A refused sheet tells its problems in the first of
     * them, or in English.
     *
     * # Errors
     * There is no such pathway.
     */
    assess_pathway(id: string, answers: string, languages?: string[] | null): string;
    /**
     * Assesses one person beside an earlier outcome, which is what `assess` answered then: what has moved since, and whether because of the answers or of
     * the edition. An outcome that cannot be read, or of another person or instrument, is refused with its problems.
     *
     * # Errors
     * There is no such instrument.
     */
    assess_since(id: string, answers: string, previous: string, languages: string[]): string;
    /**
     * Assesses one person of a batch, whose sheet is a line of JSON: the line of `geras batch`, without its line break. Problems are told in
     * `language`, or in English. A refused line lacks the key `line`, the number that only who reads the whole file knows.
     *
     * # Errors
     * There is no such instrument.
     */
    batch_line(id: string, record: string, language?: string | null): string;
    /**
     * Fills a sheet of the instrument `to` from a person's answers to `from`, onto the answers `onto` that were already given to it: the JSON of
     * `geras carry --json`. The mappings are those of the tree. Where a sheet is refused, or the two contradict each other, the problems, in `language`.
     *
     * # Errors
     * There is no such instrument, or nothing says how answers to the one serve the other.
     */
    carry(from: string, to: string, answers: string, onto: string | null | undefined, language: string): string;
    /**
     * What is wrong with one definition, or with one file of cases (its path ends in `.cases.yaml`): the JSON of `geras check --json`.
     * The tree does not change.
     */
    static check(path: string, text: string): string;
    /**
     * What is wrong with a pathway that uses the instruments of the tree and may extend its pathways: the JSON of `geras check --json`. The tree does not
     * change.
     */
    check_pathway(path: string, text: string): string;
    /**
     * What is in an instrument: the JSON of `geras describe --json`. The edition in force on `date` (`2024-05-14`), or else the newest.
     *
     * # Errors
     * There is no such instrument, none is in force on that day, or the date cannot be read.
     */
    describe(id: string, date?: string | null): string;
    /**
     * What is in a pathway: the JSON of `geras describe --json`. The edition in force on `date` (`2024-05-14`), or else the newest.
     *
     * # Errors
     * There is no such pathway, none is in force on that day, or the date cannot be read.
     */
    describe_pathway(id: string, date?: string | null): string;
    /**
     * What is wrong with the tree: the JSON of `geras check --json`.
     */
    diagnostics(): string;
    /**
     * Reads a tree: `[{"path": "cn/my-scale/2024.yaml", "text": "..."}, ...]`. What is not sound is left out, and `diagnostics` says why.
     *
     * # Errors
     * The text is not such a list.
     */
    static from_files(files: string): Geras;
    /**
     * The instruments of the tree: the JSON of `geras list --json`, by jurisdiction, id and first day in force.
     */
    list(): string;
    /**
     * Assesses one person of a batch on a pathway: the line of `geras batch`, without its line break. Problems are told in `language`, or in English.
     *
     * # Errors
     * There is no such pathway.
     */
    pathway_line(id: string, record: string, language?: string | null): string;
    /**
     * The pathways of the tree, by jurisdiction, id and first day in force.
     */
    pathways(): string;
    /**
     * What holds over all complete sheets of an instrument, counted exactly, with a sheet for each value: the JSON of `geras prove --json`.
     *
     * # Errors
     * There is no such instrument.
     */
    prove(id: string): string;
    /**
     * Puts a site's file of texts over the instrument that it is for: wording only, no rule. What is wrong with it, as `geras check --json` tells it;
     * where the list is not empty, nothing was changed.
     */
    put_texts(path: string, text: string): string;
    /**
     * Begins an assessment, or goes on with one: `{"id", "date", "answers", "settings", "override"}`, of which all may be left out. The edition is the one in
     * force on the sheet's date, unless `id` names one. Answers to questions that are hidden are set aside. Problems of later answers are told
     * in `language`, or in English.
     *
     * # Errors
     * There is no such instrument, or the sheet does not fit it: then the message is the list of problems in JSON.
     */
    start(id: string, sheet: string, language?: string | null): Assessment;
    /**
     * Begins to assess a person on a pathway, or goes on: `{"id", "date", "answers", "settings", "override"}`, of which all may be left out. The answers
     * to an instrument stand under its id. The edition is the one in force on the sheet's date. Answers to questions that are hidden are
     * set aside. Problems of later answers are told in `language`, or in English.
     *
     * # Errors
     * There is no such pathway, or the sheet does not fit it: then the message is the list of problems in JSON.
     */
    start_pathway(id: string, sheet: string, language?: string | null): PathwayAssessment;
    /**
     * Runs the cases of a definition: `{"results": [{"name", "passed"}], "diagnostics": [...], "coverage": {"options": {"covered", "of",
     * "missing"}, ...}}`. Where one of the two files cannot be read there are no results, `coverage` is null, and the diagnostics say why.
     */
    static test(path: string, text: string, cases_path: string, cases_text: string): string;
    /**
     * Runs the cases of a pathway that uses the instruments of the tree: the JSON of `Geras.test`.
     */
    test_pathway(path: string, text: string, cases_path: string, cases_text: string): string;
    /**
     * The instrument and edition that a site's file of texts is for, like `braden@1988`; none where the file cannot be read.
     */
    static texts_for(path: string, text: string): string | undefined;
    /**
     * What the instruments are used for from now on: `clinical` (as at first), `commercial`, `research` or `education`. Sheets of an instrument whose
     * licence does not allow it are refused with the problem `use-not-allowed`.
     *
     * # Errors
     * There is no such use.
     */
    use_for(wanted: string): void;
}

/**
 * One person on a pathway while the answers come in. `Geras.start_pathway` makes it. Every call answers JSON: where everything stands, and what the change has
 * changed.
 */
export class PathwayAssessment {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The full account with a report in these languages: the JSON of `geras assess --json`.
     */
    account(languages: string[]): string;
    /**
     * Takes an answer away, or, without an instrument, an input of the pathway or all answers to an instrument.
     */
    clear(instrument: string | null | undefined, item: string): string;
    /**
     * Records a panel's decision beside the computed care setting, `{"setting", "reason", "by"}`, or takes it away with `null`.
     */
    decide(decision: string): string;
    /**
     * Sets the day of the assessment, `2024-05-14`.
     */
    on(date: string): string;
    /**
     * The sheet as a record: `{"id", "date", "answers", ...}`, as `geras assess` reads it.
     */
    record(): string;
    /**
     * Answers an item of an instrument, or an input of the pathway where no instrument is named, with a value in JSON. Without an instrument, the id of an
     * instrument takes all its answers at once, `{"item": value}`, or `{"absent": "refused"}`. An answer that does not fit is not taken.
     */
    set(instrument: string | null | undefined, item: string, value: string): string;
    /**
     * Sets all named switches of the pathway that are not at their default: `{"setting": "code"}`.
     */
    settings(settings: string): string;
    /**
     * As it stands.
     */
    state(): string;
}

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_assessment_free: (a: number, b: number) => void;
    readonly __wbg_geras_free: (a: number, b: number) => void;
    readonly __wbg_pathwayassessment_free: (a: number, b: number) => void;
    readonly assessment_account: (a: number, b: number, c: number) => [number, number];
    readonly assessment_clear: (a: number, b: number, c: number) => [number, number];
    readonly assessment_decide: (a: number, b: number, c: number) => [number, number];
    readonly assessment_on: (a: number, b: number, c: number) => [number, number];
    readonly assessment_record: (a: number) => [number, number];
    readonly assessment_set: (a: number, b: number, c: number, d: number, e: number) => [number, number];
    readonly assessment_settings: (a: number, b: number, c: number) => [number, number];
    readonly assessment_state: (a: number) => [number, number];
    readonly geras_assess: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number, number, number];
    readonly geras_assess_pathway: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number, number, number];
    readonly geras_assess_since: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number, number, number];
    readonly geras_batch_line: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number, number, number];
    readonly geras_carry: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number, j: number, k: number) => [number, number, number, number];
    readonly geras_check: (a: number, b: number, c: number, d: number) => [number, number];
    readonly geras_check_pathway: (a: number, b: number, c: number, d: number, e: number) => [number, number];
    readonly geras_describe: (a: number, b: number, c: number, d: number, e: number) => [number, number, number, number];
    readonly geras_describe_pathway: (a: number, b: number, c: number, d: number, e: number) => [number, number, number, number];
    readonly geras_diagnostics: (a: number) => [number, number];
    readonly geras_from_files: (a: number, b: number) => [number, number, number];
    readonly geras_list: (a: number) => [number, number];
    readonly geras_pathway_line: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number, number, number];
    readonly geras_pathways: (a: number) => [number, number];
    readonly geras_prove: (a: number, b: number, c: number) => [number, number, number, number];
    readonly geras_put_texts: (a: number, b: number, c: number, d: number, e: number) => [number, number];
    readonly geras_start: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number, number];
    readonly geras_start_pathway: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number, number];
    readonly geras_test: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number) => [number, number];
    readonly geras_test_pathway: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number) => [number, number];
    readonly geras_texts_for: (a: number, b: number, c: number, d: number) => [number, number];
    readonly geras_use_for: (a: number, b: number, c: number) => [number, number];
    readonly pathwayassessment_account: (a: number, b: number, c: number) => [number, number];
    readonly pathwayassessment_clear: (a: number, b: number, c: number, d: number, e: number) => [number, number];
    readonly pathwayassessment_decide: (a: number, b: number, c: number) => [number, number];
    readonly pathwayassessment_on: (a: number, b: number, c: number) => [number, number];
    readonly pathwayassessment_record: (a: number) => [number, number];
    readonly pathwayassessment_set: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => [number, number];
    readonly pathwayassessment_settings: (a: number, b: number, c: number) => [number, number];
    readonly pathwayassessment_state: (a: number) => [number, number];
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_table_alloc: () => number;
    readonly __externref_drop_slice: (a: number, b: number) => void;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
