import type { Comparison } from '../schema.ts';

const FORMATS = {
  html: async () => (await import('./html.ts')).comparisonHtml,
  md: async () => (await import('./markdown.ts')).comparisonMarkdown,
  json: async () => (c: Comparison) => `${JSON.stringify(c, null, 2)}\n`,
  csv: async () => (await import('./csv.ts')).comparisonCsv,
} as const satisfies Record<string, () => Promise<(c: Comparison) => string>>;

export type ComparisonFormat = keyof typeof FORMATS;
export const COMPARISON_FORMATS = Object.keys(FORMATS) as readonly ComparisonFormat[];

export const renderComparison = async (c: Comparison, format: ComparisonFormat): Promise<string> =>
  (await FORMATS[format]())(c);
