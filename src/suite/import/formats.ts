/** Forms of records in JSON lines; `prover` is what DeepSeek-Prover, Goedel-Prover and Kimina have in common. */
export const ROW_FORMS = ['proofloop', 'minicodeprops', 'proofnet', 'prover'] as const;
export type RowForm = (typeof ROW_FORMS)[number];

/** `auto`: each file and record by what it looks like. `lean`: files by their theorems; `verina`: by their marks. */
export const IMPORT_FORMATS = ['auto', ...ROW_FORMS, 'lean', 'verina'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];
