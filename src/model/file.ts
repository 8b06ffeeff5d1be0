import { z } from 'zod';

/**
 * A user's Lean file cut into pieces that, concatenated, are the file byte for byte (as UTF-8 text).
 * A `target` is a theorem whose proof is `sorry`: `statement` + `placeholder` is its text, where
 * `placeholder` starts at `:=` and ends behind `sorry`.
 */
export const filePieceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('header'), text: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({
    kind: z.literal('target'),
    id: z.string(),
    name: z.string(),
    statement: z.string(),
    placeholder: z.string(),
    /** 1-based line of the `theorem` keyword. */
    line: z.number().int().positive(),
    /** The doc comment, if any, without its marks. */
    informal: z.string().optional(),
  }),
]);
export type FilePiece = Readonly<z.infer<typeof filePieceSchema>>;
export type TargetPiece = Extract<FilePiece, { kind: 'target' }>;

/** A `sorry` that is left alone, with the reason (inside a term, in a `def`, not selected, …). */
export const skippedSchema = z
  .object({ name: z.string().nullable(), line: z.number().int().positive(), reason: z.string() })
  .readonly();
export type Skipped = z.infer<typeof skippedSchema>;

export const leanFileSchema = z
  .object({
    pieces: z.array(filePieceSchema).readonly(),
    skipped: z.array(skippedSchema).readonly(),
    /** sha256 of the file's bytes when it was read. */
    sha256: z.string(),
  })
  .readonly();
export type LeanFile = z.infer<typeof leanFileSchema>;
