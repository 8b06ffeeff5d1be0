/** The words of an HTML page or another text that is no JSON, on one line. */
export const pageText = (text: string): string =>
  text
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

export const isPage = (text: string): boolean => /^\s*<(!doctype|html|head|body|h\d|\?xml)\b/i.test(text);
