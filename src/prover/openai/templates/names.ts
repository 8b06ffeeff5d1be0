/** How a model is asked; the names that `template` of a profile takes. */
export const TEMPLATE_NAMES = [
  'chat',
  'deepseek-prover-v1.5',
  'deepseek-prover-v2',
  'goedel-prover-v2',
  'kimina-prover',
] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];
