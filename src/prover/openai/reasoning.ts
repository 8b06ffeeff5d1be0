/**
 * The text without what the model thought aloud in it: `<think> … </think>`, also where a chat template has put the
 * opening mark into the prompt. Thinking that never ends leaves nothing.
 */
export function withoutThinking(text: string): string {
  const end = text.lastIndexOf('</think>');
  const rest = end < 0 ? text : text.slice(end + '</think>'.length);
  const open = rest.indexOf('<think>');
  return (open < 0 ? rest : rest.slice(0, open)).trim();
}
