/** One line out of any text: for statements and messages in lists. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
