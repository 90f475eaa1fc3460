/** `<geras-editor>`: YAML with completion and diagnostics at their lines. Checks nothing itself: diagnostics are handed in. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { DiagnosticShape } from "geras";
import { LitElement, css, type PropertyValues } from "lit";
import { completionsOf, type JsonSchema } from "./completion.js";

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "14.5px", backgroundColor: "#ffffff" },
  ".cm-content": { fontFamily: "ui-monospace, 'Cascadia Mono', 'Noto Sans Mono CJK SC', monospace", lineHeight: "1.65" },
  ".cm-gutters": { backgroundColor: "#f5f4f0", color: "#5c666b", border: "0" },
  ".cm-activeLine": { backgroundColor: "#eef4f3" },
  "&.cm-focused": { outline: "3px solid #1356c4" },
});
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "#0b5a5e", fontWeight: "600" },
  { tag: tags.string, color: "#6b3e00" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "#7a1f5c" },
  { tag: tags.comment, color: "#5c666b", fontStyle: "italic" },
]);

export class GerasEditor extends LitElement {
  static override styles = css`:host { display: block; height: 100%; min-height: 0; border: 1px solid #d9d6cd; border-radius: 10px; overflow: hidden; } .cm-editor { height: 100%; }`;
  static override properties = { text: { attribute: false }, schema: { attribute: false }, diagnostics: { attribute: false }, label: {} };
  /** A new text replaces what is there. */
  declare text: string;
  declare schema: JsonSchema;
  declare diagnostics: readonly DiagnosticShape[];
  declare label: string;
  #view: EditorView | undefined;

  override firstUpdated(): void {
    const extensions = [
      lineNumbers(), history(), indentOnInput(), indentUnit.of("  "), bracketMatching(), closeBrackets(), highlightActiveLine(), lintGutter(), yaml(), look, syntaxHighlighting(colours),
      autocompletion({ override: [(context) => completionsOf(this.schema)(context)] }),
      EditorView.contentAttributes.of({ "aria-label": this.label, spellcheck: "false" }),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.dispatchEvent(new CustomEvent("geras-text", { detail: update.state.doc.toString() }));
      }),
    ];
    this.#view = new EditorView({ state: EditorState.create({ doc: this.text, extensions }), parent: this.renderRoot, root: this.renderRoot as ShadowRoot });
    // What scrolls can be reached by keyboard.
    this.#view.scrollDOM.tabIndex = 0;
  }

  override updated(changed: PropertyValues): void {
    const view = this.#view;
    if (!view) return;
    if (changed.has("text") && view.state.doc.toString() !== this.text) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: this.text } });
    if (changed.has("diagnostics")) view.dispatch(setDiagnostics(view.state, this.diagnostics.map((one) => shown(view.state, one))));
  }

  /** Puts the cursor on a place. */
  go(line: number, column: number): void {
    const view = this.#view;
    if (!view) return;
    const at = position(view.state, line, column);
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    view.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = undefined;
  }
}

/** Lines and columns count from 1; columns in characters, which may be two units of the editor's text. */
function position(state: EditorState, line: number, column: number): number {
  const found = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
  const before = [...found.text].slice(0, column - 1).join("");
  return found.from + Math.min(before.length, found.length);
}

function shown(state: EditorState, one: DiagnosticShape): Diagnostic {
  const from = position(state, one.line, one.column);
  const to = Math.max(from, position(state, one.end_line, one.end_column));
  const message = [one.message, one.text, one.help].filter(Boolean).join("\n");
  return { from, to, severity: one.severity, source: one.name, message };
}

customElements.define("geras-editor", GerasEditor);
