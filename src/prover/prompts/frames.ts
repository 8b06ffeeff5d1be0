/** A fence longer than any run of back-ticks inside, so that the text cannot close its block. */
export const fence = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((m) => m[0].length));
  return '`'.repeat(longest + 1);
};

/** Text as a closed code block that nothing in it can close. */
export const block = (language: string, text: string): string => {
  const marks = fence(text);
  return `${marks}${language}\n${text.replace(/\n+$/, '')}\n${marks}`;
};

/** Characters that are drawn like nothing or steer how text is drawn: they could hide words or a mark. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Text of others in a frame `<tag> … </tag>` that it cannot close or open, whatever it holds. */
export const framed = (tag: string, text: string): string => {
  const marks = new RegExp(`[<＜﹤‹](?=\\s*/?\\s*${tag})`, 'giu');
  const inner = text.replace(/\r\n?/g, '\n').replace(UNSEEN, '').replace(marks, '‹').trim();
  return `<${tag}>\n${inner}\n</${tag}>`;
};
