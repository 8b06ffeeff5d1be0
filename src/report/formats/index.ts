import { ProofloopError } from '../../model/errors.ts';
import type { Report } from '../report/schema.ts';

/** Each is loaded when it is used: the plots of the page take a second to load. */
const FORMATS = {
  html: async () => (await import('./html/page.ts')).reportHtml,
  md: async () => (await import('./markdown.ts')).reportMarkdown,
  json: async () => (await import('./json.ts')).reportJson,
  csv: async () => (await import('./csv.ts')).reportCsv,
  junit: async () => (await import('./junit.ts')).reportJunit,
} as const satisfies Record<string, () => Promise<(report: Report) => string>>;

export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];

const EXTENSIONS: Readonly<Record<string, Format>> = {
  ...{ html: 'html', htm: 'html', md: 'md', markdown: 'md', json: 'json', csv: 'csv', xml: 'junit' },
};

/**
 * One of `names`, by what was said, else by the extension of the file, else Markdown, which is readable on a terminal too.
 * Throws USAGE.
 */
export const formatOf = <F extends Format>(
  names: readonly F[],
  said: F | undefined,
  file: string | undefined,
): F => {
  const extension = /\.([^./]+)$/.exec(file ?? '')?.[1]?.toLowerCase() ?? '';
  const meant = file === undefined ? 'md' : Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : '';
  const format = said ?? names.find((name) => name === meant);
  if (format === undefined)
    throw new ProofloopError('USAGE', `the extension of '${file}' names no format of this command`, {
      fix: `Say --format with one of ${names.join(', ')}, or name a file that ends in one of ${Object.keys(
        EXTENSIONS,
      )
        .filter((end) => names.some((name) => name === EXTENSIONS[end]))
        .map((end) => `.${end}`)
        .join(', ')}.`,
    });
  return format;
};

export const renderReport = async (report: Report, format: Format): Promise<string> =>
  (await FORMATS[format]())(report);
