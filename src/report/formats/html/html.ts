const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Controls that HTML has no form for, and those that turn the direction of text, which would show a proof as another one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that have to be seen.
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/gu;

export const escapeHtml = (text: string): string =>
  text
    .replace(
      HIDDEN,
      (sign) => `\u27e8U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}\u27e9`,
    )
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);

/** Mark-up that is safe to put into a page as it is. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | readonly Value[] | null;

const render = (value: Value): string => {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(render).join('');
};

/** A template whose values are escaped, unless they are mark-up themselves. Attributes have to stand in double quotes. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(parts.reduce((text, part, i) => text + render(values[i - 1] ?? null) + part));
