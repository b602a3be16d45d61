// <code-editor>: makes the text area in it a code editor. The text area stays what the form sends; `textset` tells that its
// text was set from outside.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, defaultHighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { json } from "@codemirror/lang-json";
import { powerShell } from "@codemirror/legacy-modes/mode/powershell";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { oneDarkHighlightStyle } from "@codemirror/theme-one-dark";

const languages = {
  json: () => json(),
  powershell: () => StreamLanguage.define(powerShell),
  sh: () => StreamLanguage.define(shell),
};

// One Dark with its comments and names made lighter, and a line of the cursor that is darker instead of lighter than the
// others: 4.5:1 everywhere (WCAG 1.4.3).
const lighter = { "#7d8799": "#9aa3b2", "#e06c75": "#e8848c" };
const darkHighlightStyle = HighlightStyle.define(
  oneDarkHighlightStyle.specs.map((spec) => ({ ...spec, ...(spec.color && { color: lighter[spec.color] ?? spec.color }) })),
);
// Translucent: the selection lies below it.
const darkTheme = { ".cm-activeLine": { backgroundColor: "#00000033" } };

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const scheme = document.documentElement.dataset.scheme;
  return scheme === "dark" || (scheme !== "light" && systemDark.matches);
}

// Calls back when light becomes dark or the other way round: by the system or by the console's switch. Returns the end of it.
function onScheme(changed) {
  const switched = new MutationObserver(changed);
  switched.observe(document.documentElement, { attributeFilter: ["data-scheme"] });
  systemDark.addEventListener("change", changed);
  return () => {
    switched.disconnect();
    systemDark.removeEventListener("change", changed);
  };
}

// Colours, and a height in pixels: that of the text area, so that nothing below it moves. Long lines go by below the line
// numbers.
function look(height) {
  const dark = isDark();
  const theme = {
    "&": { height: `${height}px` },
    ".cm-scroller": { overflow: "auto", fontFamily: "monospace" },
    ".cm-gutters": { background: "var(--color-background-code-view)" },
    ...(dark && darkTheme),
  };
  return [EditorView.theme(theme, { dark }), syntaxHighlighting(dark ? darkHighlightStyle : defaultHighlightStyle)];
}

// Lines and columns count from 1, columns in characters; the editor counts UTF-16 units from the beginning.
function offset(doc, [line, column]) {
  if (line < 1 || line > doc.lines) return line < 1 ? 0 : doc.length;
  const { from, text } = doc.line(line);
  return from + [...text].slice(0, column - 1).join("").length;
}

function diagnostics(doc, remarks) {
  return remarks.map((remark) => {
    const from = offset(doc, remark.from);
    const to = Math.max(from, offset(doc, remark.to));
    return { from, to, severity: remark.error ? "error" : "warning", message: remark.text };
  });
}

class CodeEditor extends HTMLElement {
  static observedAttributes = ["data-remarks"];

  connectedCallback() {
    // Many scripts stand on a page; the editor of one that nobody looks at need not be.
    this.seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.begin();
    });
    this.seen.observe(this);
  }

  disconnectedCallback() {
    this.seen?.disconnect();
    this.endScheme?.();
    this.view?.destroy();
    this.view = undefined;
  }

  attributeChangedCallback() {
    this.remark();
  }

  begin() {
    this.seen.disconnect();
    const area = this.querySelector("textarea");
    if (this.view || !area) return;
    const looks = new Compartment();
    const height = area.offsetHeight;
    this.view = new EditorView({
      parent: this,
      state: EditorState.create({
        doc: area.value,
        extensions: [
          EditorView.cspNonce.of(document.querySelector("script[nonce]")?.nonce ?? ""),
          EditorState.phrases.of(JSON.parse(this.dataset.phrases || "{}")),
          EditorView.contentAttributes.of({
            "aria-label": area.getAttribute("aria-label") ?? "",
            "aria-describedby": area.getAttribute("aria-describedby") ?? "",
          }),
          looks.of(look(height)),
          lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(), drawSelection(), bracketMatching(),
          highlightActiveLine(), highlightSelectionMatches(), lintGutter(), search({ top: true }),
          languages[this.dataset.language]?.() ?? [],
          keymap.of([...defaultKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || this.setting) return;
            area.value = update.state.doc.toString();
            area.dispatchEvent(new Event("input", { bubbles: true }));
          }),
        ],
      }),
    });
    this.endScheme = onScheme(() => this.view?.dispatch({ effects: looks.reconfigure(look(height)) }));
    area.addEventListener("textset", () => this.set(area.value));
    area.hidden = true;
    this.remark();
  }

  set(text) {
    if (!this.view || this.view.state.doc.toString() === text) return;
    this.setting = true;
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
    this.setting = false;
  }

  remark() {
    if (!this.view) return;
    const { state } = this.view;
    const found = diagnostics(state.doc, JSON.parse(this.dataset.remarks || "[]"));
    this.view.dispatch(setDiagnostics(state, found));
  }
}

customElements.define("code-editor", CodeEditor);
